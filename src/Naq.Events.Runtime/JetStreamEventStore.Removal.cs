using Naq.Events.JetStream;
using Naq.Events.Querying;
using Naq.Events.Serialization;
using Naq.Events.Storage;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    /// <inheritdoc/>
    public ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default) =>
        PurgeAsync(JobEventFilter.ForJob(JobEventRules.CheckedJobId(jobId)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default)
    {
        Bounds.Check(filter);
        return ComparedContent.IsNone(filter) ? PurgeAsync(filter, cancellationToken) : DeleteReadAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default) => PurgeAsync(JobEventFilter.All, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sequence);
        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        return await RemovedAsync(() => removal.DeleteAsync(sequence, erase: true, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// It asks where in the stream an event type's retention ends and purges what is before: nothing is read. Retention counts from
    /// the time an event was stored.
    /// </remarks>
    public async ValueTask<long> CleanupExpiredAsync(CancellationToken cancellationToken = default)
    {
        if (_options.Retention.Count == 0)
            return 0;

        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        var names = _options.Retention.ContainsKey(RetentionNames.Others)
            ? (await CountByTypeAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Keys
            : _options.Retention.Keys;
        var now = _timeProvider.GetUtcNow();
        var removed = 0L;
        foreach (var name in names)
        {
            var retention = RetentionNames.Of(_options.Retention, name)!.Value;
            var subjects = _subjects.Of(JobEventFilter.ForNames(name));
            removed += await RemovedAsync(() => removal.PurgeAsync(subjects, now - retention, cancellationToken)).ConfigureAwait(false);
        }

        return removed;
    }

    private async ValueTask<long> PurgeAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var subjects = _subjects.Of(filter);
        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        return await RemovedAsync(() => removal.PurgeAsync(subjects, storedBefore: null, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<long> DeleteReadAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var events = QueryAsync(filter, cancellationToken: cancellationToken);
        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        return await RemovedAsync(() => removal.DeleteAsync(events, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<MessageRemoval> RemovalAsync(CancellationToken cancellationToken) =>
        new((await SessionAsync(cancellationToken).ConfigureAwait(false)).Consumers);

    private ValueTask<T> RemovedAsync<T>(Func<ValueTask<T>> remove) => ExplainedAsync(remove, "removed");
}
