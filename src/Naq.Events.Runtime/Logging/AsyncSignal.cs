namespace Naq.Events.Logging;

/// <summary>
/// A signal that one waiter waits for. A signal without a waiter is kept for the next one. To set it allocates nothing, since log
/// calls do.
/// </summary>
internal sealed class AsyncSignal
{
    private TaskCompletionSource _source = NewSource();

    public void Set() => Volatile.Read(ref _source).TrySetResult();

    /// <summary>Waits for the signal, or until the time is up.</summary>
    public async ValueTask WaitAsync(TimeSpan timeout, TimeProvider timeProvider)
    {
        // The time's end sets the signal itself: a task that waits for either would be an allocation of the setter's.
        using (timeout == Timeout.InfiniteTimeSpan ? null : timeProvider.CreateTimer(
            static signal => ((AsyncSignal)signal!).Set(), this, timeout, Timeout.InfiniteTimeSpan))
        {
            await _source.Task.ConfigureAwait(false);
        }

        // What is signalled from here on counts for the next wait; the waiter looks at the state again in any case.
        Volatile.Write(ref _source, NewSource());
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
