using System.Diagnostics;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>The ten events of one job among all, read and decoded, beside reading the messages of its subject.</summary>
internal sealed class JobQuery(
    string name, double goal, History history, double percentile, Func<NatsJSContext, string, Task<int>> peer) : Comparison(name, "ms", goal)
{
    private readonly Random _random = new(17);
    private int _queries;

    /// <summary>How many times fewer queries the peer gets, so that a round takes as long.</summary>
    public int Share { get; init; } = 1;

    public override async ValueTask PrepareAsync(bool quick)
    {
        _queries = quick ? 300 : 1_000;
        await history.PrepareAsync(quick).ConfigureAwait(false);
    }

    public override Task<Sample> MeasureOursAsync() => MeasureAsync(_queries, async jobId =>
    {
        var count = 0;
        await foreach (var jobEvent in history.Store.GetByJobAsync(jobId).ConfigureAwait(false))
            count += jobEvent.JobId == jobId ? 1 : 0;

        return count;
    });

    public override Task<Sample> MeasurePeerAsync()
    {
        var jetStream = history.JetStream;
        return MeasureAsync(_queries / Share, jobId => peer(jetStream, $"naq.events.dev.bench.{jobId}.*"));
    }

    // The history is of all rows.
    public override ValueTask DisposeAsync() => default;

    private async Task<Sample> MeasureAsync(int queries, Func<string, Task<int>> query)
    {
        var times = new double[queries];
        var meter = new Meter();
        for (var i = 0; i < queries; i++)
        {
            var jobId = History.JobId(_random.Next(history.Jobs));
            var started = Stopwatch.GetTimestamp();
            var count = await query(jobId).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (count != History.Names.Length)
                throw new InvalidOperationException($"{count} of {History.Names.Length} events of '{jobId}' were read.");
        }

        var cost = meter.Per(queries);
        Array.Sort(times);
        return new Sample(times[(int)(queries * percentile)], cost);
    }
}
