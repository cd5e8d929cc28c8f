namespace Naq.Events.Benchmarks.Compare;

/// <summary>What this process spends from the meter's start on.</summary>
internal readonly struct Meter()
{
    private readonly long _bytes = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;

    public Cost Per(int operations) => new(
        (GC.GetTotalAllocatedBytes(precise: true) - _bytes) / (double)operations,
        (Environment.CpuUsage.TotalTime - _processor).TotalMicroseconds / operations);
}
