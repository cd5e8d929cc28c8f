namespace Naq.Events.Benchmarks.Compare;

/// <summary>What all threads allocate from its start on.</summary>
internal readonly struct Allocations()
{
    private readonly long _before = GC.GetTotalAllocatedBytes(precise: true);

    public double Per(int operations) => (GC.GetTotalAllocatedBytes(precise: true) - _before) / (double)operations;
}
