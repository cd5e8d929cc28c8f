using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>NAQ0030: holds the declarations of one event against each other, those of other assemblies too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventShapeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ContractRules.ConflictingShape];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The part that we write makes the user's part count as generated code.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
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
        if (EventMethods.Parse(method) is not { Event: { } name } spec)
            return;

        var shapes = knowledge.Value.ShapesOf(name.Token);
        if (shapes.Count < 2)
            return; // Only this one.

        foreach (var (field, parameter) in EventShapeParser.ParseFields(spec))
        {
            var conflict = shapes
                .Select(known => (known.Assembly, Field: known.Shape.Find(field.Path)))
                .FirstOrDefault(other => other.Field is not null && !WireType.AreCompatible(field.Type, other.Field.Type));
            if (conflict.Field is null)
                continue;

            context.ReportDiagnostic(Diagnostic.Create(
                ContractRules.ConflictingShape,
                EventMethods.Locate(method, parameter),
                name.Token,
                field.Path,
                field.Type,
                conflict.Field.Type,
                conflict.Assembly is null ? "another declaration of this project" : $"assembly '{conflict.Assembly}'"));
        }
    }
}
