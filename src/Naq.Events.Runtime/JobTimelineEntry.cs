namespace Naq.Events;

/// <summary>One event of a job, and what it did to the job's state.</summary>
/// <param name="Sequence">The event's sequence in its stream.</param>
/// <param name="Timestamp">When it was logged to have happened.</param>
/// <param name="EventName">The wire token.</param>
/// <param name="StateBefore">The state before it.</param>
/// <param name="StateAfter">The state after it.</param>
public sealed record JobTimelineEntry(ulong Sequence, DateTimeOffset Timestamp, string EventName, JobState StateBefore, JobState StateAfter);
