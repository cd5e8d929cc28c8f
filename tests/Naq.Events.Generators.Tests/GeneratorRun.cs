using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.Generators.Tests;

/// <summary>One run of the generator. The driver always runs twice: the second run must do nothing and give the same.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(GeneratorDriverRunResult result, Compilation output)
    {
        Result = result;
        Output = output;
    }

    public GeneratorDriverRunResult Result { get; }

    public Compilation Output { get; }

    /// <summary>Generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.Results.Single().GeneratedSources
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public static GeneratorRun Of(params string[] sources) => Of(Compilations.Create(sources));

    public static GeneratorRun Of(Compilation compilation)
    {
        var driver = CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var first = driver.GetRunResult();
        driver = driver.RunGeneratorsAndUpdateCompilation(
            compilation.Clone(), out var output, out var diagnostics, TestContext.Current.CancellationToken);
        var second = driver.GetRunResult();

        Assert.Empty(diagnostics);
        Assert.Null(second.Results.Single().Exception);
        Assert.Equal(Texts(first), Texts(second));
        Assert.All(
            second.Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        return new GeneratorRun(second, output);
    }

    public static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new EventsGenerator().AsSourceGenerator()],
        parseOptions: Compilations.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Asserts that the consumer compiles without a warning, and gives the assembly.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        using var documentation = new MemoryStream();
        var emitted = Output.Emit(
            stream, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
        var problems = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems) + "\n" + string.Join('\n', Files.Values));
        return Assembly.Load(stream.ToArray());
    }

    /// <summary>Everything the analyzers of single declarations report, after the generator has run, as in a build.</summary>
    public Task<ImmutableArray<Diagnostic>> Analyze() => Analyze(new JobEventMethodAnalyzer(), new JobEventHandlerAnalyzer());

    public async Task<ImmutableArray<Diagnostic>> Analyze(params DiagnosticAnalyzer[] analyzers)
    {
        var diagnostics = await Output
            .WithAnalyzers([.. analyzers])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static List<string> Texts(GeneratorDriverRunResult result) =>
        [.. result.Results.Single().GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}")];
}
