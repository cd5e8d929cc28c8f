using System.Text.Json;
using Naq.Events.Testing;

namespace Naq.Events.Engineering.Tests.Benchmarks;

/// <summary>The table that ratios are followed by: its names and members are fixed, whatever its figures are.</summary>
public sealed class CompareTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Naq.Events.Benchmarks.dll");

    [Fact]
    public async Task A_row_that_is_not_there_is_said_with_those_that_are()
    {
        var result = await ProcessRunner.RunAsync("dotnet", [Program, "compare", "--filter", "nothing"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "No row begins so. There are: log.call, log.call.threads, publish.vs_concurrent, publish.vs_pump, publish.ids.vs_pump, "
            + "publish.vs_guide, publish.synced, latency.logged_to_stored, query.job, query.job.naive, query.job.p99, query.scan, query.filter, "
            + "count.type, stream.latency, dispatch.call, process.acked, process.lanes, latency.logged_to_handled.",
            result.Error.Trim());
    }

    [Fact]
    public async Task A_row_has_the_promised_members()
    {
        var file = Path.GetTempFileName();
        try
        {
            var result = await ProcessRunner.RunAsync(
                "dotnet", [Program, "compare", "--quick", "--rounds", "1", "--filter", "latency.logged_to_stored", "--json", file], timeout: TimeSpan.FromMinutes(2));

            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains("| `latency.logged_to_stored` | ms |", result.Output, StringComparison.Ordinal);
            using var table = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            var row = Assert.Single(table.RootElement.EnumerateArray());
            Assert.Equal(
                ["name", "unit", "ours", "peer", "ratio", "ours_bytes_per_op", "peer_bytes_per_op", "goal", "met"],
                row.EnumerateObject().Select(static member => member.Name));
            var (ours, peer, ratio) = (row.GetProperty("ours").GetDouble(), row.GetProperty("peer").GetDouble(), row.GetProperty("ratio").GetDouble());
            Assert.True(ours > 0 && peer > 0);
            Assert.Equal(peer / ours, ratio, 6);
            Assert.Equal(ratio >= row.GetProperty("goal").GetDouble(), row.GetProperty("met").GetBoolean());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
