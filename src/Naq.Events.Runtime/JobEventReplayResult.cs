namespace Naq.Events;

/// <summary>What became of history that was handled once more.</summary>
/// <param name="Handled">The events that every handler handled.</param>
/// <param name="Failed">The events that a handler gave up; each is in the log, and none is a dead letter.</param>
public sealed record JobEventReplayResult(long Handled, long Failed);
