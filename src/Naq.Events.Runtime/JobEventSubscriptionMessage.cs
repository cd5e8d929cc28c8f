namespace Naq.Events;

/// <summary>
/// What a subscription tells, in order: a <see cref="JobEventReceived"/>, <see cref="JobEventsCaughtUp"/>,
/// <see cref="JobEventsFellBehind"/> or <see cref="JobEventsLost"/>.
/// </summary>
public abstract record JobEventSubscriptionMessage
{
    private protected JobEventSubscriptionMessage(JobEventCursor cursor) => Cursor = cursor;

    /// <summary>
    /// Where the subscription is now. Kept, also over a restart of the process, <see cref="JobEventStart.After"/> goes on there: with no
    /// gap, and no event twice.
    /// </summary>
    public JobEventCursor Cursor { get; internal init; }
}
