using Naq.Events.JetStream;
using Naq.Events.JetStream.JobViews;
using Naq.Events.Storage;

namespace Naq.Events;

/// <content>The materialized view of jobs, as far as it is used and kept here; a <see cref="JobViewProjector"/> fills it.</content>
public sealed partial class JetStreamEventStore : IJobViewStore
{
    private const string JobViewPurpose = "kept up to in its job view";

    internal string StreamName => _options.StreamName;

    async ValueTask<IReadOnlyCollection<JobSummary>?> IJobViewStore.TryListJobsAsync(JobListOptions options, CancellationToken cancellationToken)
    {
        if (!_options.UseJobView || Spans(options.ToFilter()))
            return null;

        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new JobViewReader(JobViewBucket(session), session.Consumers, this, _subjects)
                .TryListAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (JetStreamFailure.IsTransient(exception) || exception is JetStreamApiException)
        {
            // It is an optimization: what is wrong with the stream itself, the fold of its events says.
            JetStreamLog.JobViewNotRead(_logger, exception, _options.StreamName);
            return null;
        }
    }

    /// <summary>What a projector works with.</summary>
    internal async ValueTask<(JobViewBucket Bucket, Consumers Events)> OpenJobViewAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return (JobViewBucket(session), session.Consumers);
    }

    /// <summary>Everything in the stream from a sequence on, of whatever environment and service.</summary>
    internal async IAsyncEnumerable<LiveStep> FollowAsync(
        ulong from, int capacity, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var read = new LiveRead(
            [$"{_subjects.Prefix}.>"], new JobEventSubscriptionOptions { Start = JobEventStart.At(from), Capacity = capacity })
        { OnStarted = static () => { } };
        var steps = new LiveReader(session.Consumers, _readRetry, _subjects.Prefix, _logger).ReadAsync(read, either.Token);
        await foreach (var step in ExplainedAsync(steps, cancellationToken).ConfigureAwait(false))
            yield return step;
    }

    /// <summary>Makes the bucket when it is not there.</summary>
    /// <exception cref="JobEventStoreException">It cannot be made, or no view can be kept of this stream.</exception>
    internal async ValueTask EnsureJobViewAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        var state = await ExplainedAsync(
            async () =>
            {
                await JobViewBucket(session).EnsureAsync(cancellationToken).ConfigureAwait(false);
                return await session.Consumers.StateAsync(cancellationToken).ConfigureAwait(false);
            },
            JobViewPurpose).ConfigureAwait(false);
        if (state.AllowsTtls)
        {
            throw new JobEventStoreException(
                $"The stream '{_options.StreamName}' keeps some events for a shorter time than others (JetStreamOptions.Retention): they vanish from the "
                + "middle of a job's history, and no view of jobs can be kept up to that. Do not start a projector; lists are folded from the events.");
        }
    }

    internal async ValueTask<JobViewStatus> JobViewStatusAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(
            async () =>
            {
                var position = (await JobViewBucket(session).FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value;
                var state = await session.Consumers.StateAsync(cancellationToken).ConfigureAwait(false);
                return JobViewReader.StatusOf(position, state);
            },
            JobViewPurpose).ConfigureAwait(false);
    }

    internal ValueTask ResetJobViewAsync(CancellationToken cancellationToken) =>
        KeepJobViewAsync(static (removal, token) => removal.ResetAsync(token), cancellationToken);

    private JobViewBucket JobViewBucket(JetStreamSession session) => new(session.Api, _options, _logger);

    private JobViewRemoval JobViewRemoval(JetStreamSession session) =>
        new(JobViewBucket(session), session.Consumers, this, _subjects.Prefix);

    /// <summary>Brings the view up to a removal, when there is one.</summary>
    private async ValueTask KeepJobViewAsync(Func<JobViewRemoval, CancellationToken, ValueTask> keep, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        _ = await ExplainedAsync(
            async () =>
            {
                await keep(JobViewRemoval(session), cancellationToken).ConfigureAwait(false);
                return true;
            },
            JobViewPurpose).ConfigureAwait(false);
    }

    /// <summary>After a removal by subject: of one job, or of any.</summary>
    private ValueTask KeepJobViewAsync(JobEventFilter filter, long removed, CancellationToken cancellationToken)
    {
        if (!_options.UseJobView)
            return default;

        var (environment, service) = (filter.Environment ?? _subjects.Environment, filter.Service ?? _subjects.Service);
        if (filter.JobId is { } jobId && environment != JobEventFilter.AllEnvironments && service != JobEventFilter.AllServices)
        {
            var job = new JobViewJob(environment, service, jobId);
            return KeepJobViewAsync((removal, token) => removal.RefreshAsync([job], erase: false, token), cancellationToken);
        }

        return removed == 0 ? default : ResetJobViewAsync(cancellationToken);
    }
}
