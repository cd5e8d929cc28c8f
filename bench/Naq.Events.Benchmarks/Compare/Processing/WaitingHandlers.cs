namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>A handler that waits a millisecond, as for a database.</summary>
internal sealed partial class WaitingHandlers(int expected)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public static TimeSpan Time { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Completes with the last event that is expected.</summary>
    public Task Done => _done.Task;

    [OnJobEvent(JobEventType.Completed)]
    public async Task OnShipped(CancellationToken cancellationToken)
    {
        await Task.Delay(Time, cancellationToken).ConfigureAwait(false);
        if (Interlocked.Increment(ref _count) == expected)
            _done.SetResult();
    }
}
