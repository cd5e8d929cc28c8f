namespace Naq.Events.Logging;

/// <summary>A signal that one waiter waits for. A signal without a waiter is kept for the next one.</summary>
internal sealed class AsyncSignal
{
    private TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Volatile.Read(ref _source).TrySetResult();

    /// <summary>Waits for the signal, or until the time is up.</summary>
    public async ValueTask WaitAsync(TimeSpan timeout, TimeProvider timeProvider)
    {
        var source = _source;
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            await source.Task.ConfigureAwait(false);
        }
        else
        {
            using var expiry = new CancellationTokenSource(timeout, timeProvider);
            await source.Task.WaitAsync(expiry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // What is signalled from here on counts for the next wait; the waiter looks at the state again in any case.
        if (source.Task.IsCompleted)
            Volatile.Write(ref _source, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
