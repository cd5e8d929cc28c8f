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

    /// <summary>What else the diagnostic is about.</summary>
    public Location? Elsewhere => diagnostic.AdditionalLocations is [var first, ..] ? first : null;

    /// <summary>What the analyzer says to the fix.</summary>
    public string? Property(string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value : null;

    /// <summary>Offers to put one piece of syntax in the place of another.</summary>
    public void OfferToReplace(string title, SyntaxNode old, Func<SyntaxNode> replacement, string key) => OfferToEdit(
        title, _ => Task.FromResult(Document.WithSyntaxRoot(root.ReplaceNode(old, replacement()))), key);

    /// <summary>Offers a change of the document.</summary>
    public void OfferToEdit(string title, Func<CancellationToken, Task<Document>> edit, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, edit, key), diagnostic);

    /// <summary>Offers a change of several documents.</summary>
    public void OfferToEdit(string title, Func<CancellationToken, Task<Solution>> edit, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, edit, key), diagnostic);
}
