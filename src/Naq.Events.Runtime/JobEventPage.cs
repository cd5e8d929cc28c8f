namespace Naq.Events;

/// <summary>One page of a query.</summary>
/// <param name="Events">The events, in the order asked for.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> when no more events matched.</param>
public sealed record JobEventPage(IReadOnlyList<JobEvent> Events, JobEventCursor? Next);
