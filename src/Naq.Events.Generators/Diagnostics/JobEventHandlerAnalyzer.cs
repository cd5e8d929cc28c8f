using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Says why a handler, or a class of handlers, is skipped by the generator.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobEventHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.InvalidEventName,
        Rules.WrongHandler,
        Rules.HandlerClassNotPartial,
        Rules.UnsupportedHandlerParameter,
        Rules.UnlistedType,
        Rules.NoHandleMethod,
        Rules.InvalidFilter,
        Rules.InvalidPolicy,
        Rules.UnreachableInheritedHandler,
        Rules.NoHandler,
        Rules.DuplicateHandler,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var hasHandlers = false;
        var isMarked = type.GetAttributes().Any(attribute => attribute.AttributeClass.IsJobEvents("JobEventHandlersAttribute"));

        var typeAttributes = HandlerParser.AttributesOf(type);
        IMethodSymbol? handleMethod = null;
        if (typeAttributes.Count > 0)
        {
            hasHandlers = true;
            handleMethod = HandlerParser.FindHandleMethod(type, Reported());
        }

        var handlers = new List<(IMethodSymbol, HandlerMethodSpec)>();
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            var attributes = HandlerParser.AttributesOf(method);
            if (SymbolEqualityComparer.Default.Equals(method, handleMethod))
                attributes.AddRange(typeAttributes);

            if (attributes.Count > 0)
            {
                hasHandlers = true;
                if (HandlerParser.ParseMethodOnly(method, attributes, Reported()) is { } spec)
                {
                    handlers.Add((method, spec));
                    DuplicateHandlers.ReportRepeated(method, spec, Reported());
                }
            }
        }

        DuplicateHandlers.ReportCopies(handlers, Reported());

        // Once for the class, however many handlers it has.
        if (!hasHandlers && !isMarked)
            return;

        if (HandlerTypeParser.Parse(type, Reported()) is { Inherited.Count: 0 } && !hasHandlers)
            Reported().Add(Rules.NoHandler, type, type.Name);

        foreach (var handler in InheritedHandlers.Unreachable(type))
            Reported().Add(Rules.UnreachableInheritedHandler, type, type.Name, handler.Name, handler.ContainingType.Name);

        Problems Reported() => Problems.ReportedTo(context.ReportDiagnostic);
    }
}
