using System.Diagnostics;

namespace Naq.Events.Benchmarks.Compare.Events;

/// <summary>Events logged by one thread, until all are acknowledged.</summary>
/// <param name="Elapsed">How long it took, from the first call on.</param>
/// <param name="Cost">What it cost this process, for each event.</param>
internal readonly record struct LoggedRun(TimeSpan Elapsed, Cost Cost)
{
    /// <summary>Logs one event to open the connection, as peers have theirs open too; then all, by the clock.</summary>
    /// <exception cref="InvalidOperationException">Not all were stored: such a run is none.</exception>
    public static async Task<LoggedRun> MeasureAsync(JobEventLogger logger, ShippedValues[] events)
    {
        events[0].Log(logger);
        _ = await logger.FlushAsync().ConfigureAwait(false);

        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        foreach (var values in events)
            await values.LogAsync(logger).ConfigureAwait(false);

        var flushed = await logger.FlushAsync().ConfigureAwait(false);
        var run = new LoggedRun(Stopwatch.GetElapsedTime(started), meter.Per(events.Length));
        return flushed.Completed ? run : throw new InvalidOperationException($"The flush left {flushed.Remaining} events behind.");
    }
}
