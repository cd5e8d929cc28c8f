using Naq.Events.Hosting;
using Naq.Events.Views;

namespace Naq.Events;

/// <summary>What has become of jobs, folded from their events; it works with every store.</summary>
public static class JobEventStoreJobExtensions
{
    /// <summary>Folds the events of one job.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="service">
    /// The service whose events are folded; the store's own when <see langword="null"/>, every one when
    /// <see cref="JobEventFilter.AllServices"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The job, with its attempts and its history; <see langword="null"/> when it has no events.</returns>
    /// <exception cref="ArgumentException">The id or the service is not valid.</exception>
    public static ValueTask<JobView?> GetJobAsync(
        this IJobEventStore store, string jobId, string? service = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(jobId);
        return ViewAsync(store.QueryAsync(new JobEventFilter { JobId = jobId, Service = service }.Checked(), cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Lists jobs, the last active first. With a limit or a range of time it reads newest first, and each job on its own; else it
    /// reads every event once and holds a summary of every job, its last error message included.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="options">Which; all of this service when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentException">The service or the environment is not valid, or the range of time is empty.</exception>
    public static IAsyncEnumerable<JobSummary> ListJobsAsync(
        this IJobEventStore store, JobListOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new JobListOptions();
        _ = options.ToFilter();
        return JobListing.ListAsync(store, options, cancellationToken);
    }

    /// <summary>
    /// Follows one job from its first stored event, through its history and on as it happens with no gap, to its end; a job that has no
    /// events yet is waited for. It goes on over restarts of the server.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="options">Which service, and how long a failure is not yet the end; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each event, with the job as it is then; the last one is the job at its end.</returns>
    /// <exception cref="ArgumentException">The id or the service is not valid.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="JobEventStoreException">The stream was removed, or made again, meanwhile.</exception>
    public static IAsyncEnumerable<JobUpdate> MonitorJobAsync(
        this IJobEventStore store, string jobId, JobMonitorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(jobId);
        options ??= new JobMonitorOptions();
        var filter = new JobEventFilter { JobId = jobId, Service = options.Service }.Checked();
        return JobMonitor.FollowAsync(store, filter, options.RetryGrace, cancellationToken);
    }

    /// <summary>The blocking form of <see cref="GetJobAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="service">The service whose events are folded; the store's own when <see langword="null"/>.</param>
    /// <returns>The job; <see langword="null"/> when it has no events.</returns>
    /// <exception cref="ArgumentException">The id or the service is not valid.</exception>
    public static JobView? GetJob(this IJobEventStore store, string jobId, string? service = null) =>
        Blocking.Wait(token => store.GetJobAsync(jobId, service, token), CancellationToken.None);

    /// <summary>The blocking form of <see cref="ListJobsAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">Which; all of this service when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The service or the environment is not valid, or the range of time is empty.</exception>
    public static IReadOnlyList<JobSummary> ListJobs(this IJobEventStore store, JobListOptions? options = null) =>
        Blocking.Wait(token => ToListAsync(store.ListJobsAsync(options, token)), CancellationToken.None);

    private static async ValueTask<JobView?> ViewAsync(IAsyncEnumerable<JobEvent> jobEvents)
    {
        var history = new JobHistory();
        await foreach (var jobEvent in jobEvents.ConfigureAwait(false))
            history.Add(jobEvent);

        return history.ToView();
    }

    private static async ValueTask<IReadOnlyList<JobSummary>> ToListAsync(IAsyncEnumerable<JobSummary> jobs)
    {
        var list = new List<JobSummary>();
        await foreach (var job in jobs.ConfigureAwait(false))
            list.Add(job);

        return list;
    }
}
