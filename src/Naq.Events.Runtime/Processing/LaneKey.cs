namespace Naq.Events.Processing;

/// <summary>What has a lane of its own: a job, or an event where there is no order to keep.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Sequence">The event's sequence; 0 when the lane is that of the job.</param>
internal readonly record struct LaneKey(string JobId, ulong Sequence)
{
    public static LaneKey Of(JobEventDelivery delivery, JobEventOrdering ordering) =>
        new(delivery.Event!.JobId, ordering == JobEventOrdering.None ? delivery.Sequence : 0);
}
