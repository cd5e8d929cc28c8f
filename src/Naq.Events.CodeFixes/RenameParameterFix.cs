using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0031: gives a handler parameter, wherever it is used, the name of the field that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameParameterFix))]
[Shared]
public sealed class RenameParameterFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0031"];

    /// <summary>None: two renames of one batch would be made on the same old text.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue("Suggestion", out var name)
                && name is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is { } parameter
                && !IsTaken(parameter, name))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Rename to '{name}'",
                        cancellationToken => Rename(context.Document, parameter, name, cancellationToken),
                        nameof(RenameParameterFix)),
                    diagnostic);
            }
        }
    }

    private static bool IsTaken(ParameterSyntax parameter, string name) =>
        parameter.Parent is ParameterListSyntax { Parameters: var parameters }
        && parameters.Any(other => other.Identifier.ValueText == name);

    private static async Task<Solution> Rename(
        Document document, ParameterSyntax parameter, string name, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var solution = document.Project.Solution;
        return model?.GetDeclaredSymbol(parameter, cancellationToken) is { } symbol
            ? await Renamer.RenameSymbolAsync(solution, symbol, new SymbolRenameOptions(), name, cancellationToken).ConfigureAwait(false)
            : solution;
    }
}
