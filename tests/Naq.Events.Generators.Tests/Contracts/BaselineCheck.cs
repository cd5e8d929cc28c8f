using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>Holds declarations against a baseline, as a build does.</summary>
internal static class BaselineCheck
{
    /// <summary>Asserts what is reported. A file that is <see langword="null"/> is not there.</summary>
    public static async Task Reports(string source, string? shipped, string? unshipped, params string[] expected)
    {
        var reported = await Analyze(source, shipped, unshipped);
        Assert.Equal(
            expected,
            reported.Select(diagnostic => $"{diagnostic.Id} at '{TextAt(diagnostic, shipped, unshipped)}': {diagnostic.GetMessage(null)}"));
    }

    public static async Task<ImmutableArray<Diagnostic>> Analyze(string source, string? shipped, string? unshipped)
    {
        var files = new List<AdditionalText>();
        if (shipped is not null)
            files.Add(new BaselineFile("/src/JobEvents.Shipped.txt", shipped));

        if (unshipped is not null)
            files.Add(new BaselineFile("/src/JobEvents.Unshipped.txt", unshipped));

        var diagnostics = await GeneratorRun.Of(source).Output
            .WithAnalyzers([new EventBaselineAnalyzer()], new AnalyzerOptions([.. files]))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static string TextAt(Diagnostic diagnostic, string? shipped, string? unshipped) => diagnostic.Location.SourceTree is not null
        ? ContractCheck.TextAt(diagnostic.Location)
        : (diagnostic.Location.GetLineSpan().Path.EndsWith("Unshipped.txt", StringComparison.Ordinal) ? unshipped : shipped)!
            .Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private sealed class BaselineFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
