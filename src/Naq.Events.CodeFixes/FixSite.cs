using Microsoft.CodeAnalysis.CodeActions;

namespace Naq.Events.CodeFixes;

/// <summary>Where a fix is asked for, and how it is offered.</summary>
/// <param name="context">Who asks.</param>
/// <param name="diagnostic">The diagnostic to fix.</param>
/// <param name="root">The root of the document.</param>
/// <param name="model">What the document's syntax means.</param>
/// <param name="node">The syntax that the diagnostic is at.</param>
internal sealed class FixSite<TNode>(
    CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SemanticModel model, TNode node)
    where TNode : SyntaxNode
{
    public Document Document => context.Document;

    public string Id => diagnostic.Id;

    public SemanticModel Model => model;

    public TNode Node => node;

    /// <summary>The name of what the diagnostic is about, where that is not where it is reported.</summary>
    public string? NameElsewhere => Elsewhere is { SourceTree: { } tree, SourceSpan: var span } ? tree.GetText().ToString(span) : null;

    private Location? Elsewhere => diagnostic.AdditionalLocations is [var first, ..] ? first : null;

    /// <summary>What the analyzer says to the fix.</summary>
    public string? Property(string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value : null;

    /// <summary>Offers to put one piece of syntax in the place of another.</summary>
    public void OfferToReplace(string title, SyntaxNode old, Func<SyntaxNode> replacement, string key) => OfferToEdit(
        title, _ => Task.FromResult(Document.WithSyntaxRoot(root.ReplaceNode(old, replacement()))), key);

    /// <summary>Offers a change of the document.</summary>
    public void OfferToEdit(string title, Func<CancellationToken, Task<Document>> edit, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, edit, key), diagnostic);

    /// <summary>Offers to change syntax where the diagnostic says the cause is, whichever document that is.</summary>
    /// <param name="title">What is offered.</param>
    /// <param name="change">Gives what to replace around that place, and by what.</param>
    /// <param name="key">What the fixes of one batch have in common.</param>
    public void OfferToReplaceThere(string title, Func<SyntaxNode, (SyntaxNode Old, SyntaxNode New)?> change, string key)
    {
        var place = Elsewhere ?? node.GetLocation();
        if (place.SourceTree is { } tree && Document.Project.Solution.GetDocument(tree) is { } document)
            OfferToEdit(title, Edit, key);

        async Task<Solution> Edit(CancellationToken cancellationToken)
        {
            var there = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            return there is not null && change(there.FindNode(place.SourceSpan)) is var (old, changed)
                ? document.WithSyntaxRoot(there.ReplaceNode(old, changed)).Project.Solution
                : document.Project.Solution;
        }
    }

    /// <summary>Offers a change of several documents.</summary>
    public void OfferToEdit(string title, Func<CancellationToken, Task<Solution>> edit, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, edit, key), diagnostic);
}
