using System.Diagnostics;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>Times and allocations of one thing, round by round.</summary>
internal sealed class Measurement
{
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _mebibytes = [];

    public double Milliseconds => Median(_milliseconds);

    public double Mebibytes => Median(_mebibytes);

    public double Fastest => _milliseconds.Min();

    public double Slowest => _milliseconds.Max();

    /// <summary>Measures once. What is left over from before is collected first, so that nobody pays for another.</summary>
    public T Add<T>(Func<T> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        var result = work();
        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        _mebibytes.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1048576.0);
        return result;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
