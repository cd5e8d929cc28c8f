namespace Naq.Events.Storage;

/// <summary>A store that may have a materialized view of its jobs.</summary>
internal interface IJobViewStore
{
    /// <summary>The jobs meant, in no order, as the fold of all events would be; <see langword="null"/> when there is no view that can be used now.</summary>
    ValueTask<IReadOnlyCollection<JobSummary>?> TryListJobsAsync(JobListOptions options, CancellationToken cancellationToken);
}
