using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0040 to NAQ0043: writes what the declarations say into the baseline.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(UpdateBaselineFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".txt"])]
[Shared]
public sealed class UpdateBaselineFix : CodeFixProvider
{
    private const string ShippedName = "JobEvents.Shipped.txt";
    private const string UnshippedName = "JobEvents.Unshipped.txt";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0040", "NAQ0041", "NAQ0042", "NAQ0043"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllAtOnce();

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Find(project, UnshippedName) is not null && LinesOf(diagnostic).Any())
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        diagnostic.Id == "NAQ0040" ? "Add to the baseline" : "Accept the change in the baseline",
                        cancellationToken => Fix(project, [diagnostic], cancellationToken),
                        nameof(UpdateBaselineFix)),
                    diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> Fix(
        Project project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (Find(project, UnshippedName) is not { } unshipped)
            return project.Solution;

        var shipped = new HashSet<string>(StringComparer.Ordinal);
        if (Find(project, ShippedName) is { } file)
        {
            var lines = (await file.GetTextAsync(cancellationToken).ConfigureAwait(false)).Lines;
            shipped.UnionWith(lines.Select(line => BaselineText.Key(line.ToString().Trim())));
        }

        var text = await unshipped.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return project.Solution.WithAdditionalDocumentText(
            unshipped.Id, BaselineText.Set(text, shipped, diagnostics.SelectMany(LinesOf)));
    }

    private static TextDocument? Find(Project project, string name) => project.AdditionalDocuments.FirstOrDefault(document =>
        string.Equals(Path.GetFileName(document.FilePath ?? document.Name), name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> LinesOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Lines", out var lines) && lines is not null ? lines.Split('\n') : [];

    // The fix for one diagnostic edits the same file as the fix for the next, so the lines of all are written together.
    private sealed class AllAtOnce : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
            Task.FromResult<CodeAction?>(CodeAction.Create(
                "Update the baseline", cancellationToken => FixAll(fixAllContext, cancellationToken), nameof(UpdateBaselineFix)));

        private static async Task<Solution> FixAll(FixAllContext context, CancellationToken cancellationToken)
        {
            var solution = context.Solution;
            var projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
            foreach (var id in projects.Select(project => project.Id).ToList())
            {
                var project = solution.GetProject(id)!;
                var diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                    ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await context.GetAllDiagnosticsAsync(context.Solution.GetProject(id)!).ConfigureAwait(false);
                solution = await Fix(project, diagnostics, cancellationToken).ConfigureAwait(false);
            }

            return solution;
        }
    }
}
