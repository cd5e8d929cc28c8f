using System.Runtime.InteropServices;
using System.Text.Json;
using Naq.Events.Testing;

namespace Naq.Events.Aot.Tests;

/// <summary>What everybody pays who uses the library: the size of the worker service, which is not to grow unnoticed.</summary>
public sealed class BudgetTests(PublishedWorker worker)
{
    private const double Allowance = 0.03;

    [Fact]
    public void The_worker_keeps_within_its_size()
    {
        worker.AssertPublished();
        var problem = ProblemOf(new FileInfo(worker.Program).Length, Budget());

        Assert.True(problem is null, problem);
    }

    [Theory]
    [InlineData(1_000_000, 1_000_000, null)]
    [InlineData(1_030_000, 1_000_000, null)]
    [InlineData(900_000, 1_000_000, null)]
    [InlineData(1_030_001, 1_000_000, "eng/aot-report.sh --keep-size")]
    public void Growth_above_the_allowance_is_a_problem_that_says_what_to_do(long bytes, long budget, string? part)
    {
        var problem = ProblemOf(bytes, budget);

        if (part is null)
            Assert.Null(problem);
        else
            Assert.Contains(part, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_budget_for_the_machines_that_check_changes() => Assert.NotEmpty(Budgets().EnumerateObject());

    private static string? ProblemOf(long bytes, long budget) => bytes <= budget * (1 + Allowance)
        ? null
        : $"samples/AotWorker is compiled to {bytes:N0} bytes, {(bytes - budget) * 100.0 / budget:F1} % more than the {budget:N0} of "
            + $"eng/aot-budget.json; {Allowance:P0} are allowed. See what has grown (dotnet publish samples/AotWorker -c Release "
            + "-p:IlcGenerateMapFile=true). If it is worth its size, run eng/aot-report.sh --keep-size, and say why in the commit.";

    // A platform of its own compiler and linker has a size of its own; what is not measured there has no limit there.
    private static long Budget() =>
        Budgets().TryGetProperty(RuntimeInformation.RuntimeIdentifier, out var bytes) ? bytes.GetInt64() : long.MaxValue / 2;

    private static JsonElement Budgets() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "eng", "aot-budget.json"))).RootElement.GetProperty("aot_worker_bytes");
}
