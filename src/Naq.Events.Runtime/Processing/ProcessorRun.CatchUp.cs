namespace Naq.Events.Processing;

/// <content>The wait for what is stored before a stop.</content>
internal sealed partial class ProcessorRun
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Waits until what is stored now has come in: the last sequence, or, where the last events are not for these handlers, until
    /// nothing has come for a moment. On the clock on the wall, since a test's clock would never let the moment pass.
    /// </summary>
    public async ValueTask CatchUpAsync(ulong lastSequence, CancellationToken cancellationToken)
    {
        var (seen, since) = (Volatile.Read(ref _arrivals), TimeProvider.System.GetTimestamp());
        while (Volatile.Read(ref _lastSeen) < lastSequence && TimeProvider.System.GetElapsedTime(since) <= QuietTime)
        {
            if (!await PollAsync(cancellationToken).ConfigureAwait(false))
                return;

            if (_handingOver || Volatile.Read(ref _arrivals) != seen)
                (seen, since) = (Volatile.Read(ref _arrivals), TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>
    /// Waits until handlers have begun with what has come in: a stop waits for what runs, and gives back what stands behind it. What waits for its next try, and what
    /// stands behind that, is not waited for.
    /// </summary>
    public async ValueTask BeginAllAsync(ulong lastSequence, CancellationToken cancellationToken)
    {
        while (_lanes.HasWork && _meter.Held.Any(delivery => !delivery.IsTried && delivery.Sequence <= lastSequence))
        {
            if (!await PollAsync(cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    private static async ValueTask<bool> PollAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(PollInterval, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
