namespace Naq.Events;

/// <summary>
/// Keeps events and answers for them. Reads are of the store's own environment, and of its own service unless a filter says
/// otherwise. A malformed or foreign message in a stream is skipped, counted and logged with its sequence; it never ends a read.
/// </summary>
/// <exception cref="JobEventStoreException">Thrown by every operation when the store cannot be reached or refuses.</exception>
public partial interface IJobEventStore : IAsyncDisposable
{
    /// <summary>
    /// Stores events, in order, and returns when all are stored. An event whose id was stored within the duplicate window is
    /// stored once.
    /// </summary>
    /// <param name="jobEvents">The events.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent may still be stored.</param>
    /// <exception cref="ArgumentException">An event breaks a limit of <see cref="JobEventLimits"/>; nothing is stored.</exception>
    /// <exception cref="JobEventAppendException">
    /// Some events were refused, or no answer came for them: it names each with the reason, and all others are stored.
    /// </exception>
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

    /// <summary>Reads the events that a filter means, as they are stored when the read begins.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="options">How many, from where on, in what order; all, the oldest first, when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together, or the cursor is of another stream.</exception>
    IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of what a filter means, and says where the next begins.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="options">How many, 100 if it does not say, from where on, in what order.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together, or the cursor is of another stream.</exception>
    ValueTask<JobEventPage> QueryPageAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Says how a query would be answered, and how many events would be read for it, without reading them.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    ValueTask<JobEventQueryPlan> ExplainAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts events: without reading them where the filter is of jobs, event types, services and environments only, else by reading
    /// what <see cref="ExplainAsync"/> says. It is exact, never an estimate.
    /// </summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    ValueTask<long> CountAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Counts events by their name on the wire, as <see cref="CountAsync"/> counts.</summary>
    /// <param name="filter">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Counts events by the service that logged them, as <see cref="CountAsync"/> counts.</summary>
    /// <param name="filter">Which; all of every service when <see langword="null"/>, and of every service too if it names none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    ValueTask<IReadOnlyDictionary<string, long>> CountByServiceAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default);

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
