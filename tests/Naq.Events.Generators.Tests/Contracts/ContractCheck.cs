using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>Holds the producers and consumers of a source against each other, as a build does.</summary>
internal static class ContractCheck
{
    /// <summary>An assembly that other sources may refer to, with what was generated for it.</summary>
    public static MetadataReference Assembly(string name, string source)
    {
        using var stream = new MemoryStream();
        var output = GeneratorRun.Of(Compilations.Create(source).WithAssemblyName(name)).Output;
        var emitted = output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    public static async Task Reports(string source, MetadataReference[] references, params string[] expected)
    {
        var run = GeneratorRun.Of(Compilations.Create(source).AddReferences(references));
        Assert.DoesNotContain(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
        var reported = await run.Analyze(new EventShapeAnalyzer(), new HandlerContractAnalyzer());
        Assert.Equal(
            expected,
            reported.Select(diagnostic => $"{diagnostic.Id} at '{TextAt(diagnostic.Location)}': {diagnostic.GetMessage(null)}"));
    }

    public static Task Reports(string source, params string[] expected) => Reports(source, [], expected);

    public static string TextAt(Location location) =>
        location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
}
