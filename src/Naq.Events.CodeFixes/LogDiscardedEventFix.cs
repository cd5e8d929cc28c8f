using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0025: gives an event that is made and dropped to the logger at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LogDiscardedEventFix))]
[Shared]
public sealed class LogDiscardedEventFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0025"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(context.Span).FirstAncestorOrSelf<ExpressionSyntax>() is not { } made
            || FindLogger(model, made.SpanStart) is not { } logger)
            return;

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Log it with '{logger}'",
                _ =>
                {
                    var call = SyntaxFactory.ParseExpression($"{logger}.Log({made.WithoutTrivia()})").WithTriviaFrom(made);
                    return Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(made, call)));
                },
                nameof(LogDiscardedEventFix)),
            context.Diagnostics);
    }

    // What is nearest: a variable or parameter before a member.
    private static string? FindLogger(SemanticModel model, int position)
    {
        var isStatic = model.GetEnclosingSymbol(position) is { IsStatic: true };
        return model.LookupSymbols(position)
            .Where(symbol => IsLogger(symbol switch
            {
                ILocalSymbol local => local.Type,
                IParameterSymbol parameter => parameter.Type,
                IFieldSymbol field when field.IsStatic || !isStatic => field.Type,
                IPropertySymbol property when property.IsStatic || !isStatic => property.Type,
                _ => null,
            }))
            .OrderBy(symbol => symbol.Kind is SymbolKind.Local or SymbolKind.Parameter ? 0 : 1)
            .Select(symbol => symbol.Name)
            .FirstOrDefault();
    }

    private static bool IsLogger(ITypeSymbol? type) =>
        type is not null
        && type.AllInterfaces.Concat([type]).Any(candidate => candidate.ToDisplayString() == "Naq.Events.IJobEventLogger");
}
