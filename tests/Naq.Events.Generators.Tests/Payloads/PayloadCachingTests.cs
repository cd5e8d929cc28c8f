using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>A payload type mostly stands in another file than the event that carries it.</summary>
public sealed class PayloadCachingTests
{
    private const string Events = """
        namespace Shop;
        internal static partial class OrderEvents
        {
            [JobEvent("packed")]
            public static partial JobEvent Packed(string jobId, Parcel parcel);
        }
        internal sealed partial class OrderHandlers
        {
            [OnJobEvent("packed")]
            public void OnPacked(Parcel parcel, Other other) { }
        }
        """;

    private const string Types = """
        namespace Shop;
        internal record Parcel(int Weight, Inner Inner);
        internal record Inner(string Name);
        internal record Other(int Value);
        """;

    [Fact]
    public void AnUnrelatedEditChangesNothing()
    {
        var steps = StepsAfter("internal record Other", "// a comment\ninternal record Other");

        Assert.All(steps[StepNames.Payloads], output => AssertCached(output.Reason));
        Assert.All(steps[StepNames.JsonContext], output => AssertCached(output.Reason));
        Assert.All(steps["Output"], output => AssertCached(output.Reason));
    }

    [Fact]
    public void AMemberAddedToAPayloadTypeInAnotherFileIsSeenInItsClassOnly()
    {
        var steps = StepsAfter("string Name", "string Name, long Size");

        Assert.Equal(1, steps[StepNames.Payloads].Count(output => output.Reason == IncrementalStepRunReason.Modified));
        Assert.Single(steps["Output"], output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.All(steps[StepNames.JobEventTypes], output => AssertCached(output.Reason));
        Assert.All(steps[StepNames.HandlerClasses], output => AssertCached(output.Reason));
        Assert.All(steps[StepNames.JsonContext], output => AssertCached(output.Reason));
    }

    [Fact]
    public void ATypeThatCanNoLongerBeWrittenIsSeen()
    {
        var steps = StepsAfter("string Name", "System.IO.Stream Name");

        Assert.Contains(steps[StepNames.JobEventTypes], output => output.Reason == IncrementalStepRunReason.Modified);
    }

    private static void AssertCached(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static Dictionary<string, List<(object Value, IncrementalStepRunReason Reason)>> StepsAfter(string before, string after)
    {
        var compilation = Compilations.Create(Events, Types);
        var driver = GeneratorRun.CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Source1.cs");
        driver = driver.RunGenerators(
            compilation.ReplaceSyntaxTree(tree, Compilations.Parse(Types.Replace(before, after, StringComparison.Ordinal), tree.FilePath)),
            TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);

        var steps = result.TrackedSteps.ToDictionary(
            step => step.Key, step => step.Value.SelectMany(run => run.Outputs).ToList(), StringComparer.Ordinal);
        steps["Output"] = [.. result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs)];
        return steps;
    }
}
