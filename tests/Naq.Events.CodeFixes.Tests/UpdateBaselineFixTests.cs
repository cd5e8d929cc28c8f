using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class UpdateBaselineFixTests
{
    private const string Declared = """
        # What the shop tells others.
        paid
        paid.details.amount: decimal
        paid.details.currency?: string

        """;

    [Fact]
    public Task AddsAnEventWithItsFields() =>
        Fixes("{|NAQ0040:Paid|}", "decimal amount, string? currency", "", "# What the shop tells others.\n", Declared);

    [Fact]
    public Task AddsFieldsInTheirPlace() => Fixes(
        "Paid", "decimal {|NAQ0040:amount|}, string? {|NAQ0040:currency|}", "", "# What the shop tells others.\npaid\n", Declared);

    [Fact]
    public Task AcceptsWhatChanged() => Fixes(
        "Paid",
        "long {|NAQ0042:amount|}, string {|NAQ0043:currency|}",
        Declared,
        "",
        "paid.details.amount: long\npaid.details.currency: string\n");

    /// <summary>The place of what is gone is in the baseline itself, a file the fix is offered in.</summary>
    [Fact]
    public async Task TakesBackWhatIsGone()
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Shop", LanguageNames.CSharp)
            .AddAdditionalDocument("JobEvents.Shipped.txt", "gone\ngone.message: string\n", filePath: "/src/JobEvents.Shipped.txt").Project
            .AddAdditionalDocument("JobEvents.Unshipped.txt", "more\n", filePath: "/src/JobEvents.Unshipped.txt").Project;
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var diagnostics = await compilation!.WithAnalyzers([new EventBaselineAnalyzer()], project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Id == "NAQ0041"))
        {
            var file = project.AdditionalDocuments.Single(document => document.FilePath == diagnostic.Location.GetLineSpan().Path);
            CodeAction? offered = null;
            await new UpdateBaselineFix().RegisterCodeFixesAsync(
                new CodeFixContext(file, diagnostic, (action, _) => offered = action, TestContext.Current.CancellationToken));
            var operations = await offered!.GetOperationsAsync(TestContext.Current.CancellationToken);
            project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        }

        var unshipped = await project.AdditionalDocuments.Last().GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("*REMOVED*gone\n*REMOVED*gone.message: string\n", unshipped.ToString());
    }

    [Theory]
    [InlineData("a\nc\n", "b", "a\nb\nc\n")]
    [InlineData("a\n*REMOVED*b.x: int\nc\n", "b.x?: long", "a\nb.x?: long\nc\n")]
    [InlineData("", "*REMOVED*shipped.x: int", "*REMOVED*shipped.x: int\n")]
    [InlineData("b.y: int\n", "*REMOVED*b.y: int", "")]
    [InlineData("# b.y: int\nb.y: int\n", "b.y: long", "# b.y: int\nb.y: long\n")]
    public void ALineTakesThePlaceOfTheOneAboutTheSame(string before, string line, string after) => Assert.Equal(
        after,
        BaselineText.Set(SourceText.From(before), new HashSet<string>(StringComparer.Ordinal) { "shipped.x" }, [line]).ToString());

    private static Task Fixes(string name, string parameters, string shipped, string unshipped, string fixedUnshipped)
    {
        var source = $$"""
            #nullable enable
            public static partial class Events
            {
                [JobEvent("paid")]
                public static partial JobEvent {{name}}(string jobId, {{parameters}});
            }
            """;
        return FixCheck.FixesBaseline<EventBaselineAnalyzer, UpdateBaselineFix>(source, shipped, unshipped, fixedUnshipped);
    }
}
