using Naq.Events.JetStream;
using Naq.Events.JetStream.JobViews;
using Naq.Events.Querying;
using Naq.Events.Serialization;
using Naq.Events.Storage;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    private const int MostJobsNoted = JetStream.JobViews.JobViewRemoval.MostJobs;

    /// <inheritdoc/>
    public ValueTask<long> DeleteByJobAsync(string jobId, CancellationToken cancellationToken = default) =>
        PurgeAsync(JobEventFilter.ForJob(JobEventRules.CheckedJobId(jobId)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> DeleteAsync(JobEventFilter filter, CancellationToken cancellationToken = default)
    {
        Bounds.Check(filter);
        if (Spans(filter))
            return DeleteServicesAsync(filter.Checked(), cancellationToken);

        return ComparedContent.IsNone(filter) ? PurgeAsync(filter, cancellationToken) : DeleteReadAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> DeleteAllAsync(CancellationToken cancellationToken = default) => PurgeAsync(JobEventFilter.All, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> EraseAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sequence);
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        var job = _options.UseJobView
            ? await RemovedAsync(() => JobViewRemoval(session).JobOfAsync(sequence, cancellationToken)).ConfigureAwait(false)
            : null;
        var removal = new MessageRemoval(session.Consumers);
        var wasThere = await RemovedAsync(() => removal.DeleteAsync(sequence, erase: true, cancellationToken)).ConfigureAwait(false);
        if (job is not null)
            await KeepJobViewAsync((view, token) => view.RefreshAsync([job], erase: true, token), cancellationToken).ConfigureAwait(false);

        return wasThere;
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

        if (_options.UseJobView && removed > 0)
            await ResetJobViewAsync(cancellationToken).ConfigureAwait(false);

        return removed;
    }

    private async ValueTask<long> PurgeAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var subjects = _subjects.Of(filter);
        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        var removed = await RemovedAsync(() => removal.PurgeAsync(subjects, storedBefore: null, cancellationToken)).ConfigureAwait(false);
        await KeepJobViewAsync(filter, removed, cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private async ValueTask<long> DeleteReadAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var jobs = new HashSet<JobViewJob>();
        var events = QueryAsync(filter, cancellationToken: cancellationToken).Select(jobEvent =>
        {
            if (jobs.Count <= MostJobsNoted)
                _ = jobs.Add(new JobViewJob(jobEvent.Environment!, jobEvent.Service!, jobEvent.JobId));

            return jobEvent;
        });
        var removal = await RemovalAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RemovedAsync(() => removal.DeleteAsync(events, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // What was removed stays removed, also when the removal was cut off.
            if (_options.UseJobView && jobs.Count > 0)
                await KeepJobViewAsync((view, token) => view.RefreshAsync(jobs, erase: false, token), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<MessageRemoval> RemovalAsync(CancellationToken cancellationToken) =>
        new((await SessionAsync(cancellationToken).ConfigureAwait(false)).Consumers);

    private ValueTask<T> RemovedAsync<T>(Func<ValueTask<T>> remove) => ExplainedAsync(remove, "removed");
}
