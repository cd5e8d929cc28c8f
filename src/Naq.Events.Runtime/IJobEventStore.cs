namespace Naq.Events;

/// <summary>
/// Keeps events and answers for them. Reads are of the store's own environment, and of its own service unless a filter says
/// otherwise. A malformed or foreign message in a stream is skipped, counted and logged with its sequence; it never ends a read.
/// </summary>
/// <exception cref="JobEventStoreException">Thrown by every operation when the store cannot be reached or refuses.</exception>
public interface IJobEventStore : IAsyncDisposable
{
    /// <summary>
    /// Stores events, in order, and returns when all are stored. An event whose id was stored within the duplicate window is
    /// stored once.
    /// </summary>
    /// <param name="jobEvents">The events.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent may still be stored.</param>
    /// <exception cref="ArgumentException">An event breaks a limit of <see cref="JobEventLimits"/>; nothing is stored.</exception>
    ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default);

    /// <summary>Reads the events of one job, the oldest first.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="limit">The most events to read; all when <see langword="null"/>.</param>
    /// <param name="offset">How many to pass over first.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the offset is negative.</exception>
    IAsyncEnumerable<JobEvent> GetByJobAsync(
        string jobId, int? limit = null, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>Reads the events of one name, the oldest first.</summary>
    /// <param name="eventName">The wire token, such as <c>failed</c> or <c>payment_captured</c>.</param>
    /// <param name="limit">The most events to read; all when <see langword="null"/>.</param>
    /// <param name="offset">How many to pass over first.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the offset is negative.</exception>
    IAsyncEnumerable<JobEvent> GetByTypeAsync(
        string eventName, int? limit = null, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>Counts events, without reading them.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<long> CountAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Reads events as they are stored, without end.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="start">Where to begin; with what is stored from now on by default.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    IAsyncEnumerable<JobEvent> StreamAsync(
        JobEventFilter? filter = null, JobEventStart start = default, CancellationToken cancellationToken = default);

    /// <summary>Asks how the store is. An unreachable store is an answer here, not an exception.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default);
}
