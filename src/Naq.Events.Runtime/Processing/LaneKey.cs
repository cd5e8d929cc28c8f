namespace Naq.Events.Processing;

/// <summary>What has a lane of its own: a job, what else the order is by, or an event where there is no order to keep.</summary>
/// <param name="Value">The job, or what else the order is by.</param>
/// <param name="Sequence">The event's sequence; 0 where there is an order to keep.</param>
/// <param name="IsJob">Whether the value is a job: one that is named as a queue is has a lane of its own.</param>
internal readonly record struct LaneKey(string Value, ulong Sequence, bool IsJob);
