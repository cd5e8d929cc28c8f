using System.Diagnostics;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>Something asked of the whole history: a rate of the events it goes through.</summary>
/// <param name="name">The row.</param>
/// <param name="goal">The ratio to reach.</param>
/// <param name="history">The stream.</param>
/// <param name="expected">What both sides count.</param>
/// <param name="ours">Counts with ours.</param>
/// <param name="peer">Counts with the peer.</param>
internal sealed class StreamQuery(
    string name, double goal, History history, Func<History, int> expected, Func<History, Task<long>> ours, Func<History, Task<int>> peer)
    : Comparison(name, "events/s", goal)
{
    public override ValueTask PrepareAsync(bool quick) => history.PrepareAsync(quick);

    public override Task<Sample> MeasureOursAsync() => MeasureAsync(async () => (int)await ours(history).ConfigureAwait(false));

    public override Task<Sample> MeasurePeerAsync() => MeasureAsync(() => peer(history));

    // The history is of all rows.
    public override ValueTask DisposeAsync() => default;

    private async Task<Sample> MeasureAsync(Func<Task<int>> count)
    {
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        var counted = await count().ConfigureAwait(false);
        var sample = new Sample(history.Events / Stopwatch.GetElapsedTime(started).TotalSeconds, meter.Per(history.Events));
        return counted == expected(history)
            ? sample
            : throw new InvalidOperationException($"{Name} counted {counted} of {expected(history)} events.");
    }
}
