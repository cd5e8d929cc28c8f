namespace Naq.Events.Testing;

/// <summary>A store that only takes events, as a user's own might.</summary>
public abstract class StubStore : IJobEventStore, IDisposable
{
    public abstract ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default);

    public virtual IAsyncEnumerable<JobEvent> GetByJobAsync(
        string jobId, int? limit = null, int offset = 0, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual IAsyncEnumerable<JobEvent> GetByTypeAsync(
        string eventName, int? limit = null, int offset = 0, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual ValueTask<long> CountAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<JobEventPage> QueryPageAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<JobEventQueryPlan> ExplainAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, long>> CountByServiceAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> CleanupExpiredAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter? filter = null, JobEventSubscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual IAsyncEnumerable<JobEvent> StreamAsync(
        JobEventFilter? filter = null, JobEventStart start = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobEventStoreHealth(IsHealthy: true, "A stub."));

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    public void Dispose() => GC.SuppressFinalize(this);
}
