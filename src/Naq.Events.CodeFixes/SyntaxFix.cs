using System.Collections.Immutable;

namespace Naq.Events.CodeFixes;

/// <summary>A fix that changes the piece of syntax that a diagnostic is at.</summary>
/// <typeparam name="TNode">The syntax; the innermost around the diagnostic is meant.</typeparam>
/// <param name="ids">The rules whose diagnostics it fixes.</param>
public abstract class SyntaxFix<TNode>(params string[] ids) : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. ids];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;

        foreach (var diagnostic in context.Diagnostics)
        {
            var found = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (found.FirstAncestorOrSelf<TNode>() is { } node)
                Register(new FixSite<TNode>(context, diagnostic, root, model, node));
        }
    }

    /// <summary>Offers what can be done about a diagnostic, if anything.</summary>
    private protected abstract void Register(FixSite<TNode> site);
}
