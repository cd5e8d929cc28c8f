using System.Runtime.CompilerServices;
using Naq.Events.Storage;

namespace Naq.Events.Views;

/// <summary>
/// Lists jobs by folding their events, the last active first. A short list, or one of a range of time, begins with the newest event and
/// reads each job that it meets on its own. When that has not been enough after a while, or all jobs are asked for, every event is read
/// once, which costs less than a read for each job.
/// </summary>
internal static class JobListing
{
    /// <summary>How many jobs are read on their own before all events are.</summary>
    public const int JobsReadAlone = 500;

    public static async IAsyncEnumerable<JobSummary> ListAsync(
        IJobEventStore store, JobListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Limit == 0)
            yield break;

        var listed = 0;
        var seen = new HashSet<(string? Environment, string JobId)>();
        var view = IsQuickAlone(options) ? null : await FromViewAsync(store, options, cancellationToken).ConfigureAwait(false);
        if (view is null && (options.Limit is not null || options.Since is not null))
        {
            await foreach (var job in ReadAloneAsync(store, options, seen, cancellationToken).ConfigureAwait(false))
            {
                if (!options.Matches(job))
                    continue;

                yield return job;
                if (++listed == options.Limit)
                    yield break;
            }

            if (seen.Count < JobsReadAlone)
                yield break;
        }

        view ??= IsQuickAlone(options) ? await FromViewAsync(store, options, cancellationToken).ConfigureAwait(false) : null;
        var rest = view ?? await ScanAsync(store, options, seen, cancellationToken).ConfigureAwait(false);
        foreach (var job in rest.Where(job => options.Matches(job) && !seen.Contains((job.Environment, job.JobId)))
            .OrderByDescending(static job => job.LastSequence).ThenByDescending(static job => job.LastEventAt))
        {
            yield return job;
            if (++listed == options.Limit)
                yield break;
        }
    }

    /// <summary>Folds the events of one job that a filter means; <see langword="null"/> when there are none.</summary>
    public static async ValueTask<JobSummary?> FoldAsync(IJobEventStore store, JobEventFilter ofJob, CancellationToken cancellationToken)
    {
        JobSummary? job = null;
        await foreach (var jobEvent in store.QueryAsync(ofJob, cancellationToken: cancellationToken).ConfigureAwait(false))
            job = JobFold.Next(job, jobEvent).Job;

        return job;
    }

    /// <summary>The first of all jobs are read faster on their own than found in a view of all.</summary>
    private static bool IsQuickAlone(JobListOptions options) =>
        options.Limit is not null && options.States.Count == 0 && options.QueueName is null && options.WorkerId is null;

    private static ValueTask<IReadOnlyCollection<JobSummary>?> FromViewAsync(
        IJobEventStore store, JobListOptions options, CancellationToken cancellationToken) =>
        store is IJobViewStore viewed ? viewed.TryListJobsAsync(options, cancellationToken) : default;

    private static async IAsyncEnumerable<JobSummary> ReadAloneAsync(
        IJobEventStore store,
        JobListOptions options,
        HashSet<(string? Environment, string JobId)> seen,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = options.ToFilter();
        var newestFirst = new JobEventQueryOptions { Order = JobEventOrder.NewestFirst };
        await foreach (var jobEvent in store.QueryAsync(filter, newestFirst, cancellationToken).ConfigureAwait(false))
        {
            if (!seen.Add((jobEvent.Environment, jobEvent.JobId)))
                continue;

            var ofJob = filter with { JobId = jobEvent.JobId, Environment = jobEvent.Environment ?? filter.Environment, Since = null };

            // Retention may have removed the job between the two reads.
            if (await FoldAsync(store, ofJob, cancellationToken).ConfigureAwait(false) is { } job)
                yield return job;

            if (seen.Count == JobsReadAlone)
                yield break;
        }
    }

    private static async ValueTask<IReadOnlyCollection<JobSummary>> ScanAsync(
        IJobEventStore store,
        JobListOptions options,
        HashSet<(string? Environment, string JobId)> seen,
        CancellationToken cancellationToken)
    {
        var jobs = new Dictionary<(string? Environment, string JobId), JobSummary>();
        var filter = options.ToFilter() with { Since = null };
        await foreach (var jobEvent in store.QueryAsync(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var key = (jobEvent.Environment, jobEvent.JobId);
            if (!seen.Contains(key))
                jobs[key] = JobFold.Next(jobs.GetValueOrDefault(key), jobEvent).Job;
        }

        return jobs.Values;
    }
}
