using Microsoft.CodeAnalysis.Rename;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0031: gives a handler parameter, wherever it is used, the name of the field that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameParameterFix))]
[Shared]
public sealed class RenameParameterFix() : SyntaxFix<ParameterSyntax>("NAQ0031")
{
    /// <summary>None: two renames of one batch would be made on the same old text.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override void Register(FixSite<ParameterSyntax> site)
    {
        if (site.Property("Suggestion") is not { } name || IsTaken(site.Node, name))
            return;

        site.OfferToEdit(
            $"Rename to '{name}'",
            cancellationToken => Rename(site.Document, site.Node, name, cancellationToken),
            nameof(RenameParameterFix));
    }

    private static bool IsTaken(ParameterSyntax parameter, string name) =>
        parameter.Parent is ParameterListSyntax { Parameters: var parameters }
        && parameters.Any(other => other.Identifier.ValueText == name);

    private static async Task<Solution> Rename(
        Document document, ParameterSyntax parameter, string name, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var solution = document.Project.Solution;
        if (model?.GetDeclaredSymbol(parameter, cancellationToken) is not { } symbol)
            return solution;

        return await Renamer.RenameSymbolAsync(solution, symbol, new SymbolRenameOptions(), name, cancellationToken)
            .ConfigureAwait(false);
    }
}
