using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Tests.Pipeline;

/// <summary>The files of the whole assembly are written anew only when what they say changes.</summary>
public sealed class ContractCachingTests
{
    private const string Source = """
        namespace Shop;

        internal static partial class OrderEvents
        {
            /// <summary>Shipped.</summary>
            [JobEvent("shipped", "Shipped {parcels} parcels")]
            public static partial JobEvent Shipped(string jobId, int parcels);
        }
        """;

    [Theory]
    [InlineData("internal static", "/* moved */ internal static", true, true, true)]
    [InlineData("<summary>Shipped.", "<summary>Sent.", true, true, false)]
    [InlineData("Shipped {parcels} parcels", "Sent {parcels} parcels", false, true, false)]
    [InlineData("int parcels", "long parcels", false, false, false)]
    public void OnlyWhatChangedIsWritten(string before, string after, bool methods, bool shapes, bool catalog)
    {
        var compilation = Compilations.Create(Source);
        var tree = compilation.SyntaxTrees.Last();
        var driver = GeneratorRun.CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = compilation.ReplaceSyntaxTree(
            tree, Compilations.Parse(Source.Replace(before, after, StringComparison.Ordinal), tree.FilePath));
        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Equal(methods, IsCached(result, StepNames.JobEventTypes));
        Assert.Equal(shapes, IsCached(result, StepNames.EventShapes));
        Assert.Equal(catalog, IsCached(result, StepNames.EventCatalog));
    }

    private static bool IsCached(GeneratorRunResult result, string step) => result.TrackedSteps[step]
        .SelectMany(run => run.Outputs)
        .All(output => output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
}
