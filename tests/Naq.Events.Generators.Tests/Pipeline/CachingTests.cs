using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Naq.Events.Generators.Tests.Pipeline;

public sealed class CachingTests
{
    private static readonly string[] Steps =
        [StepNames.JobEventMethods, StepNames.JobEventTypes, StepNames.HandlerMethods, StepNames.HandlerClasses];

    [Fact]
    public void AnUnrelatedEditChangesNothing()
    {
        var reasons = ReasonsAfter(compilation => compilation.AddSyntaxTrees(
            Compilations.Parse("internal static class Unrelated { public const int Value = 1; }", "Unrelated.cs")));

        Assert.All(Steps, step => Assert.All(reasons[step], AssertCached));
        Assert.All(reasons["Output"], AssertCached);
    }

    [Fact]
    public void ACommentInTheSameFileChangesNothing()
    {
        var reasons = ReasonsAfter(compilation => Replace(
            compilation, "Source0.cs", text => "// a line that moves everything down\n" + text));

        Assert.All(Steps, step => Assert.All(reasons[step], AssertCached));
        Assert.All(reasons["Output"], AssertCached);
    }

    [Theory]
    [InlineData("{parcels} parcels", "{parcels} boxes", StepNames.JobEventTypes)]
    [InlineData("int parcels", "long parcels", StepNames.JobEventTypes)]
    public void AnEditOfADeclarationIsSeen(string before, string after, string step)
    {
        var reasons = ReasonsAfter(compilation => Replace(
            compilation, "Source0.cs", text => text.Replace(before, after, StringComparison.Ordinal)));

        Assert.Equal([IncrementalStepRunReason.Modified], reasons[step]);
        Assert.Contains(IncrementalStepRunReason.Modified, reasons["Output"]);
        Assert.All(reasons[StepNames.HandlerClasses], AssertCached);
    }

    [Fact]
    public void AnEditOfAHandlerIsSeen()
    {
        var reasons = ReasonsAfter(compilation => Replace(
            compilation, "Source1.cs", text => text.Replace("decimal amount", "double amount", StringComparison.Ordinal)));

        Assert.Equal([IncrementalStepRunReason.Modified], reasons[StepNames.HandlerClasses]);
        Assert.All(reasons[StepNames.JobEventTypes], AssertCached);
    }

    /// <summary>A declaration can change its meaning without its own file being touched.</summary>
    [Fact]
    public void AnEditOfATypeInAnotherFileIsSeen()
    {
        const string Declaration = """
            namespace Shop;
            internal static partial class NamedEvents
            {
                [JobEvent(Names.Event)]
                public static partial JobEvent Named(string jobId);
            }
            """;
        const string Names = """
            namespace Shop;
            internal static class Names { public const string Event = "one"; }
            """;
        var reasons = ReasonsAfter(
            compilation => Replace(compilation, "Source1.cs", text => text.Replace("\"one\"", "\"two\"", StringComparison.Ordinal)),
            Declaration,
            Names);

        Assert.Equal([IncrementalStepRunReason.Modified], reasons[StepNames.JobEventTypes]);
        Assert.All(reasons["Output"], reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));
    }

    private static void AssertCached(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static Dictionary<string, List<IncrementalStepRunReason>> ReasonsAfter(
        Func<CSharpCompilation, Compilation> edit, params string[] sources)
    {
        var compilation = Compilations.Create(sources is [] ? [Sources.Factory, Sources.Handlers] : sources);
        var driver = GeneratorRun.CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.RunGenerators(edit(compilation), TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);

        var reasons = result.TrackedSteps.Where(step => Steps.Contains(step.Key)).ToDictionary(
            step => step.Key, step => step.Value.SelectMany(run => run.Outputs).Select(output => output.Reason).ToList());
        reasons["Output"] = [.. result.TrackedOutputSteps.SelectMany(step => step.Value)
            .SelectMany(run => run.Outputs).Select(output => output.Reason)];
        return reasons;
    }

    private static Compilation Replace(Compilation compilation, string path, Func<string, string> edit)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(tree, Compilations.Parse(edit(tree.ToString()), path));
    }
}
