namespace Naq.Events;

/// <summary>All that is stored has been read: what comes now is live. Told again after each <see cref="JobEventsFellBehind"/>.</summary>
public sealed record JobEventsCaughtUp : JobEventSubscriptionMessage
{
    internal JobEventsCaughtUp(JobEventCursor cursor)
        : base(cursor)
    {
    }
}
