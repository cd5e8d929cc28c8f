namespace Naq.Events;

/// <summary>An event of a job that is followed, and what has become of the job with it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Job">The job, folded from its events up to this one.</param>
/// <param name="IsLive">Whether the job's history was read when the event came; one that was stored before is not live.</param>
/// <param name="MayBeIncomplete">
/// Whether the stream's limits, or deletion, removed events before they were read. They may have been this job's: nobody knows any more.
/// </param>
public sealed record JobUpdate(JobEvent Event, JobSummary Job, bool IsLive, bool MayBeIncomplete);
