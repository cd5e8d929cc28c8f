namespace Naq.Events.Benchmarks.Compare.Logging;

/// <summary>A store that only loggers use.</summary>
internal abstract class PublishingOnlyStore : IJobEventStore
{
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) => throw NotMeasured();

    public IAsyncEnumerable<JobEvent> GetByJobAsync(string jobId, int? limit, int offset, CancellationToken cancellationToken) =>
        throw NotMeasured();

    public IAsyncEnumerable<JobEvent> GetByTypeAsync(string eventName, int? limit, int offset, CancellationToken cancellationToken) =>
        throw NotMeasured();

    public ValueTask<long> CountAsync(JobEventFilter? filter, CancellationToken cancellationToken) => throw NotMeasured();

    public IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotMeasured();

    public ValueTask<JobEventPage> QueryPageAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotMeasured();

    public ValueTask<JobEventQueryPlan> ExplainAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        throw NotMeasured();

    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<IReadOnlyDictionary<string, long>> CountByServiceAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default) => throw NotMeasured();

    public ValueTask<long> CleanupExpiredAsync(CancellationToken cancellationToken = default) => throw NotMeasured();

    public IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter? filter = null, JobEventSubscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotMeasured();

    public IAsyncEnumerable<JobEvent> StreamAsync(JobEventFilter? filter, JobEventStart start, CancellationToken cancellationToken) =>
        throw NotMeasured();

    public ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken) => throw NotMeasured();

    private static NotSupportedException NotMeasured() => new("Only logging is measured with this store.");
}
