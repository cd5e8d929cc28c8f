using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Tests.Rules;

/// <summary>Runs the generator and the analyzers on declarations, as a build does.</summary>
internal static class RuleCheck
{
    /// <summary>
    /// Asserts that exactly these are reported, and that the generator adds no error: neither an exception nor code that does
    /// not compile.
    /// </summary>
    public static async Task Reports(string source, params string[] expected)
    {
        var run = GeneratorRun.Of(source);
        var reported = await run.Analyze();
        Assert.Equal(
            expected,
            reported.Select(diagnostic => $"{diagnostic.Id} at '{TextAt(diagnostic.Location)}': {diagnostic.GetMessage(null)}"));
        AssertNothingGeneratedIsWrong(source, run);
    }

    /// <summary>Asserts that the consumer compiles without a warning and nothing is reported.</summary>
    public static async Task Passes(string source)
    {
        var run = GeneratorRun.Of(source);
        _ = run.Load();
        Assert.NotEmpty(run.Files);
        Assert.Empty(await run.Analyze());
    }

    public static void AssertNothingGeneratedIsWrong(string source, GeneratorRun run)
    {
        // CS8795: a partial method without a body, which is what a skipped declaration is.
        var before = Compilations.Create(source).GetDiagnostics(TestContext.Current.CancellationToken)
            .Select(diagnostic => diagnostic.Id).Append("CS8795").ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                && (diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true || !before.Contains(diagnostic.Id)));
    }

    private static string TextAt(Location location) => location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
}
