using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>NAQ0031 to NAQ0034: holds handlers against the declarations of the events they handle.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        ContractRules.UncarriedParameter,
        ContractRules.MismatchedParameter,
        ContractRules.OptionalParameter,
        ContractRules.UndeclaredEvent,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var knowledge = new Lazy<EventKnowledge>(() => EventKnowledge.Of(start.Compilation));
            start.RegisterSymbolAction(symbol => Analyze(symbol, knowledge), SymbolKind.Method);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<EventKnowledge> knowledge)
    {
        var method = (IMethodSymbol)context.Symbol;
        var attributes = AttributesOf(method);
        if (attributes.Count == 0)
            return;

        var problems = Problems.Unreported();
        var events = new HashSet<string>(StringComparer.Ordinal);
        var handlesEveryEvent = false;
        foreach (var attribute in attributes)
        {
            var named = EventNameParser.ParseAll(attribute, problems).ToList();
            handlesEveryEvent |= named.Count == 0;
            foreach (var name in named.Where(name => events.Add(name.Token)))
                CheckEvent(context, attribute, name.Token, knowledge.Value);
        }

        if (problems.Any)
            return;

        var shapes = (handlesEveryEvent ? knowledge.Value.Events : events)
            .OrderBy(name => name, StringComparer.Ordinal)
            .SelectMany(knowledge.Value.ShapesOf)
            .Select(known => known.Shape)
            .ToList();
        if (shapes.Count == 0)
            return;

        var handled = handlesEveryEvent ? "any event" : string.Join(", ", events.Select(name => $"'{name}'"));
        foreach (var parameter in method.Parameters)
            CheckParameter(context, parameter, shapes, handled);
    }

    private static void CheckEvent(SymbolAnalysisContext context, AttributeData attribute, string token, EventKnowledge knowledge)
    {
        if (knowledge.ShapesOf(token).Count > 0)
            return;

        // What is one letter off a declared event is hardly a foreign one.
        var near = NearestName.Find(token, knowledge.Events.OrderBy(name => name, StringComparer.Ordinal));
        context.ReportDiagnostic(Diagnostic.Create(
            ContractRules.UndeclaredEvent,
            AttributeSyntaxes.LocateArgument(attribute, token),
            near is null ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
            additionalLocations: null,
            Properties(near),
            token,
            near is null ? "; if another program logs it, declare it here too" : $"; did you mean '{near}'?"));
    }

    private static void CheckParameter(
        SymbolAnalysisContext context, IParameterSymbol parameter, IReadOnlyList<EventShapeSpec> shapes, string handled)
    {
        var payloads = new PayloadGraph(context.Symbol);
        if (HandlerArgumentParser.Parse(parameter, payloads, Problems.Unreported()) is not { } argument
            || !HandlerContract.Concerns(argument))
            return;

        var contract = new HandlerContract(argument, shapes);
        var needsValue = argument.Absence == HandlerArgumentAbsence.Throws;
        if (!contract.IsCarried)
        {
            // Nothing of that name: the parameter takes all details.
            if (argument.Source == HandlerArgumentSource.EntryOrDetails)
            {
                WholeDetailsCheck.Report(context, parameter, argument, payloads, shapes, handled);
                return;
            }

            // What an attribute names is not looked up by the parameter's name, so another name would not help.
            var near = ParameterOverride.FindAll(parameter).Count > 0 ? null : contract.Suggest(parameter.Name);
            var mayBeThere = contract.IsOpen || argument.Source != HandlerArgumentSource.Entry;
            if (near is not null || !mayBeThere || (needsValue && !contract.IsOpen))
            {
                var hint = near is null ? "" : $"; did you mean '{near}'?";
                Report(ContractRules.UncarriedParameter, near, handled, argument.JsonName, hint);
                return;
            }
        }
        else if (contract.Mismatch is { } mismatch)
        {
            var (carried, bound) = (mismatch.Field.Type, WireTypes.Of(argument));
            Report(ContractRules.MismatchedParameter, null, mismatch.Event, argument.JsonName, carried, bound);
            return;
        }

        if (needsValue && contract.MissingIn is { } missing)
            Report(ContractRules.OptionalParameter, null, missing, argument.JsonName, ContractRules.MakeItNullable);

        void Report(DiagnosticDescriptor rule, string? suggestion, params object?[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(
                rule,
                parameter.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None,
                Properties(suggestion),
                [parameter.Name, .. arguments]));
    }

    private static ImmutableDictionary<string, string?> Properties(string? suggestion) => suggestion is null
        ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty.Add(Rules.Suggestion, suggestion);

    private static List<AttributeData> AttributesOf(IMethodSymbol method)
    {
        var attributes = HandlerAttributes(method);
        if (method.Name is not ("Handle" or "HandleAsync"))
            return attributes;

        var ofType = HandlerAttributes(method.ContainingType);
        var handler = ofType.Count > 0 ? HandlerParser.FindHandleMethod(method.ContainingType, Problems.Unreported()) : null;
        if (SymbolEqualityComparer.Default.Equals(handler, method))
            attributes.AddRange(ofType);

        return attributes;
    }

    private static List<AttributeData> HandlerAttributes(ISymbol symbol) =>
        [.. symbol.GetAttributes().Where(attribute => attribute.AttributeClass.IsJobEvents("OnJobEventAttribute"))];
}
