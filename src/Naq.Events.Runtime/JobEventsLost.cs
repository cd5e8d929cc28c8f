namespace Naq.Events;

/// <summary>
/// Events had been removed before the subscription came to them, by the stream's limits, their retention, or deletion. It goes on
/// with those that are left.
/// </summary>
public sealed record JobEventsLost : JobEventSubscriptionMessage
{
    internal JobEventsLost(ulong from, ulong to, JobEventCursor cursor)
        : base(cursor) => (From, To) = (from, to);

    /// <summary>The first sequence that was removed.</summary>
    public ulong From { get; }

    /// <summary>The last sequence that was removed.</summary>
    public ulong To { get; }

    /// <summary>The sequences from <see cref="From"/> to <see cref="To"/>: the most events that can be lost. How many of them a filter meant, nobody knows any more.</summary>
    public long Count => (long)(To - From) + 1;
}
