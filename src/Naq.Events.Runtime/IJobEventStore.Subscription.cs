namespace Naq.Events;

/// <content>How events are followed.</content>
public partial interface IJobEventStore
{
    /// <summary>
    /// Reads events as they are stored, without end, from the past into the present with no gap; and says when it has caught up, falls
    /// behind, or finds that events were removed before it came to them. Any number may run at once. <see cref="StreamAsync"/> gives the
    /// events only.
    /// </summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="options">Where to begin, and what "behind" means; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together, or the cursor is of another stream.</exception>
    /// <exception cref="JobEventStoreException">The stream was removed, or made again, while it was read.</exception>
    IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter? filter = null, JobEventSubscriptionOptions? options = null, CancellationToken cancellationToken = default);
}
