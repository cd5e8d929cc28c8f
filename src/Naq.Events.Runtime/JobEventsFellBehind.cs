namespace Naq.Events;

/// <summary>A reader that had caught up is too slow: <see cref="JobEventSubscriptionOptions.FallsBehindAt"/> events or more wait for it.</summary>
public sealed record JobEventsFellBehind : JobEventSubscriptionMessage
{
    internal JobEventsFellBehind(long pending, JobEventCursor cursor)
        : base(cursor) => Pending = pending;

    /// <summary>How many events wait, as far as the store has told.</summary>
    public long Pending { get; }
}
