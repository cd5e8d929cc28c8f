using Naq.Events.Querying;
using Naq.Events.Serialization;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore
{
    /// <inheritdoc/>
    public ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default) =>
        RemoveAsync(JobEventFilter.ForJob(JobEventRules.CheckedJobId(jobId)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default)
    {
        Bounds.Check(filter);
        return RemoveAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default) => RemoveAsync(JobEventFilter.All, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sequence);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_log.Remove(sequence));
    }

    /// <inheritdoc/>
    public ValueTask<long> CleanupExpiredAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_log.RemoveExpired());
    }

    private ValueTask<long> RemoveAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_log.Remove(Matches(filter)));
    }
}
