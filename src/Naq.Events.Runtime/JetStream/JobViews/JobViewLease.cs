namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Which projector keeps the view: the one whose name is in its position. It is there to spare work, not for correctness: two that keep it
/// at once do the same, twice. One that does not come further though there are events is taken for dead after a while.
/// </summary>
internal sealed class JobViewLease(JobViewBucket bucket, Consumers events, string owner, TimeSpan takeOverAfter)
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    private Revised<JobViewPosition> _held;

    private TimeProvider TimeProvider => events.Api.TimeProvider;

    /// <summary>The position, while it is held.</summary>
    public JobViewPosition Position => _held.Value!;

    /// <summary>Waits until this projector is the one.</summary>
    public async ValueTask AcquireAsync(CancellationToken cancellationToken)
    {
        var (watched, watchedSince) = (0UL, TimeProvider.GetTimestamp());
        while (true)
        {
            var present = await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false);
            var state = await events.StateAsync(cancellationToken).ConfigureAwait(false);
            if (present.Revision != watched || present.Value?.Sequence >= state.Last)
                (watched, watchedSince) = (present.Revision, TimeProvider.GetTimestamp());

            var isFree = present.Value is not { Owner: { } other } || other == owner || present.Value.Stream != state.Id
                || TimeProvider.GetElapsedTime(watchedSince) >= takeOverAfter;
            if (isFree && await PutAsync(Next(present.Value, state.Id) with { Owner = owner }, present.Revision, cancellationToken).ConfigureAwait(false))
                return;

            var poll = takeOverAfter / 4;
            await Task.Delay(poll < LongestPoll ? poll : LongestPoll, TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes how far the view has come; false when another projector has taken it over, or it is to be built again.</summary>
    public ValueTask<bool> AdvanceAsync(ulong sequence, CancellationToken cancellationToken) =>
        PutAsync(Position with { Sequence = sequence }, _held.Revision, cancellationToken);

    /// <summary>Returns when another projector has the view, or it is to be built again: who waits for events notices only so.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LongestPoll, TimeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var present = (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value;
                if (present?.Owner != owner || present.Epoch != Position.Epoch)
                    return;
            }
            catch (Exception exception) when (JetStreamFailure.IsTransient(exception) || exception is JetStreamApiException)
            {
                // The reader of the events finds out, and says so.
            }
        }
    }

    /// <summary>Lets another projector have it at once.</summary>
    public async ValueTask ReleaseAsync() =>
        _ = await PutAsync(Position with { Owner = null }, _held.Revision, CancellationToken.None).ConfigureAwait(false);

    private static JobViewPosition Next(JobViewPosition? present, string stream) => present switch
    {
        null => new JobViewPosition(1, stream, 0, null),
        _ when present.Stream != stream => new JobViewPosition(present.Epoch + 1, stream, 0, null),
        _ => present,
    };

    private async ValueTask<bool> PutAsync(JobViewPosition position, ulong replaced, CancellationToken cancellationToken)
    {
        var revision = await bucket.PutPositionAsync(position, replaced, cancellationToken).ConfigureAwait(false);
        if (revision == 0)
            return false;

        _held = new Revised<JobViewPosition>(revision, position);
        return true;
    }
}
