namespace Naq.Events;

/// <summary>An event that does not fit the state that its job was in.</summary>
/// <param name="Kind">In what way, and what was done.</param>
/// <param name="Sequence">The event's sequence in its stream.</param>
/// <param name="Timestamp">When it was logged to have happened.</param>
/// <param name="EventName">The wire token.</param>
/// <param name="State">The state before it.</param>
public sealed record JobAnomaly(JobAnomalyKind Kind, ulong Sequence, DateTimeOffset Timestamp, string EventName, JobState State);
