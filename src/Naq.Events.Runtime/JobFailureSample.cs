namespace Naq.Events;

/// <summary>One failure of a group.</summary>
/// <param name="EventId">The event's id; empty when its writer gave none.</param>
/// <param name="Sequence">The event's sequence in its stream.</param>
/// <param name="JobId">The job's id.</param>
/// <param name="Timestamp">When it was logged to have happened.</param>
/// <param name="ErrorMessage">The error's message.</param>
public sealed record JobFailureSample(Guid EventId, ulong Sequence, string JobId, DateTimeOffset Timestamp, string? ErrorMessage);
