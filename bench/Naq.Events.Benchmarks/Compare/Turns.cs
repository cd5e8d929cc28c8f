using System.Diagnostics;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>Measures the two sides of a row by turns.</summary>
internal static class Turns
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    // A sample takes two seconds, on a busy machine ten. One that takes this long waits for an event that will not come.
    private static readonly TimeSpan LongestSample = TimeSpan.FromMinutes(1);

    /// <summary>The row for the medians.</summary>
    /// <param name="comparison">The row, prepared.</param>
    /// <param name="rounds">How often each side is measured.</param>
    /// <exception cref="TimeoutException">A sample did not end.</exception>
    public static async Task<ComparisonRow> MeasureAsync(Comparison comparison, int rounds)
    {
        List<Sample> ours = [], peer = [];

        // The first rounds are the just-in-time compiler's.
        var started = Stopwatch.GetTimestamp();
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0 && ours.Count == 0 && Stopwatch.GetElapsedTime(started) < WarmUp)
                round = -1;

            // Who goes first takes turns too.
            for (var side = 0; side < 2; side++)
            {
                var isOurs = (round + side) % 2 == 0;
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                var sample = await MeasureAsync(comparison, isOurs).ConfigureAwait(false);
                if (round >= 0)
                    (isOurs ? ours : peer).Add(sample);
            }
        }

        return ComparisonRow.Of(comparison, ours, peer);
    }

    private static async Task<Sample> MeasureAsync(Comparison comparison, bool isOurs)
    {
        var measuring = isOurs ? comparison.MeasureOursAsync() : comparison.MeasurePeerAsync();
        try
        {
            return await measuring.WaitAsync(LongestSample).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!measuring.IsCompleted)
        {
            throw new TimeoutException(
                $"{comparison.Name}: {(isOurs ? "ours" : "the peer")} has not ended within {LongestSample.TotalSeconds:F0} s; an event has not come.");
        }
    }
}
