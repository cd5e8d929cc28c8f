using System.Runtime.CompilerServices;

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
        if (options.Limit is not null || options.Since is not null)
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

        var rest = await ScanAsync(store, options, seen, cancellationToken).ConfigureAwait(false);
        foreach (var job in rest.Where(options.Matches).OrderByDescending(static job => job.LastSequence))
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
