using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Helpers;
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
        Rules.NoHandleMethod,
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
        var isHandlerClass = false;

        var typeAttributes = HandlerAttributes(type);
        IMethodSymbol? handleMethod = null;
        if (typeAttributes.Count > 0)
        {
            isHandlerClass = true;
            handleMethod = HandlerParser.FindHandleMethod(type, Reported());
        }

        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            var attributes = HandlerAttributes(method);
            if (SymbolEqualityComparer.Default.Equals(method, handleMethod))
                attributes.AddRange(typeAttributes);

            if (attributes.Count > 0)
            {
                isHandlerClass = true;
                _ = HandlerParser.ParseMethodOnly(method, attributes, Reported());
            }
        }

        // Once for the class, however many handlers it has.
        if (isHandlerClass)
            _ = HandlerTypeParser.Parse(type, Reported());

        Problems Reported() => Problems.ReportedTo(context.ReportDiagnostic);
    }

    private static List<AttributeData> HandlerAttributes(ISymbol symbol) =>
        [.. symbol.GetAttributes().Where(attribute => attribute.AttributeClass.IsJobEvents("OnJobEventAttribute"))];
}
