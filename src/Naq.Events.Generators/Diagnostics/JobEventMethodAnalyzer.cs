using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Says why an event method is skipped by the generator.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobEventMethodAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.MethodNotPartial,
        Rules.ContainingTypeNotPartial,
        Rules.WrongShape,
        Rules.NoJobId,
        Rules.InvalidEventName,
        Rules.UnknownPlaceholder,
        Rules.MalformedTemplate,
        Rules.InvalidFormat,
        Rules.UnsupportedParameter,
        Rules.DuplicateJsonName,
        Rules.WrongRedaction,
        Rules.AlmostAField,
        Rules.UnusedTemplate,
        Rules.VisibleSecret,
        Rules.UnlistedType,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The attributes of both parts count for each: GeneratedCode on the part we write makes the user's part generated code.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null)
            return;

        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass.IsJobEvents("JobEventAttribute"));
        if (attribute is null)
            return;

        var problems = Problems.ReportedTo(context.ReportDiagnostic);
        var spec = JobEventMethodParser.Parse(method, attribute, problems);
        if (spec is not null && !problems.Any)
            ParameterSmells.Report(method, spec, problems);
    }
}
