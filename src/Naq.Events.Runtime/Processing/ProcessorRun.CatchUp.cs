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
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;

            if (_handingOver || Volatile.Read(ref _arrivals) != seen)
                (seen, since) = (Volatile.Read(ref _arrivals), TimeProvider.System.GetTimestamp());
        }
    }
}
