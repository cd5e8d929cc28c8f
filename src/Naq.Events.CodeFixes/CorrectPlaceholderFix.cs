using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0006: puts the name that was probably meant into a placeholder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectPlaceholderFix))]
[Shared]
public sealed class CorrectPlaceholderFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0006"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var span = diagnostic.Location.SourceSpan;
            if (diagnostic.Properties.TryGetValue("Suggestion", out var name) && name is not null && IsName(text.ToString(span)))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Change to '{{{name}}}'",
                        _ => Task.FromResult(context.Document.WithText(text.WithChanges(new TextChange(span, name)))),
                        nameof(CorrectPlaceholderFix)),
                    diagnostic);
            }
        }
    }

    // Where the template has escapes, the diagnostic is on the whole expression, which must not be replaced.
    private static bool IsName(string text) => text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
