namespace Naq.Events;

/// <content>How events are removed. What is removed is gone: there is no copy.</content>
public partial interface IJobEventStore
{
    /// <summary>Removes all events of one job that the store's own service logged in its own environment.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="cancellationToken">Ends the wait; the events may still be removed.</param>
    /// <returns>How many events were removed.</returns>
    /// <exception cref="ArgumentException">The id is not valid.</exception>
    /// <exception cref="JobEventStoreException">The stream does not allow it (<c>deny_purge</c>), or cannot be reached.</exception>
    ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the events that a filter means, as they are stored when it begins. They are read first if the filter compares more than
    /// job, event types, service and environment.
    /// </summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends the removal; what was removed until then stays removed.</param>
    /// <returns>How many events were removed.</returns>
    /// <exception cref="ArgumentException">
    /// The filter's parts do not go together, or it means everything of a service: for that there is <see cref="DeleteAllAsync"/>.
    /// </exception>
    /// <exception cref="JobEventStoreException">The stream does not allow it (<c>deny_purge</c>, <c>deny_delete</c>), or cannot be reached.</exception>
    ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Removes every event that the store's own service logged in its own environment.</summary>
    /// <param name="cancellationToken">Ends the wait; the events may still be removed.</param>
    /// <returns>How many events were removed.</returns>
    /// <exception cref="JobEventStoreException">The stream does not allow it (<c>deny_purge</c>), or cannot be reached.</exception>
    ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a single event, of whatever service, so that it cannot be recovered from the server's files either: for requests under
    /// privacy law. The other operations only take events out of the stream.
    /// </summary>
    /// <param name="sequence">Its <see cref="JobEvent.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the event may still be erased.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is 0.</exception>
    /// <exception cref="JobEventStoreException">The stream does not allow it (<c>deny_delete</c>), or cannot be reached.</exception>
    ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the events of the store's own service and environment that are older than its retention says. Stores expire events by
    /// themselves; what is left for this call are those that were stored before the retention was set, and, on a server before 2.11,
    /// all that retention by event type means.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the events may still be removed.</param>
    /// <returns>How many events this call removed.</returns>
    /// <exception cref="JobEventStoreException">The stream does not allow it (<c>deny_purge</c>), or cannot be reached.</exception>
    ValueTask<long> CleanupExpiredAsync(CancellationToken cancellationToken = default);
}
