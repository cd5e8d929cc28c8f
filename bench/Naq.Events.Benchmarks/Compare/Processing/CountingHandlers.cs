namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>A handler that does next to nothing, with one bound detail.</summary>
internal sealed partial class CountingHandlers(int expected)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private long _parcels;

    /// <summary>Completes with the last event that is expected.</summary>
    public Task Done => _done.Task;

    [OnJobEvent(JobEventType.Completed)]
    public void OnShipped(int? parcels)
    {
        _ = Interlocked.Add(ref _parcels, parcels ?? 0);
        if (Interlocked.Increment(ref _count) == expected)
            _done.SetResult();
    }
}
