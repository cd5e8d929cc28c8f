namespace Naq.Events;

/// <summary>An event.</summary>
public sealed record JobEventReceived : JobEventSubscriptionMessage
{
    internal JobEventReceived(JobEvent jobEvent, long pending, JobEventCursor cursor)
        : base(cursor) => (Event, Pending) = (jobEvent, pending);

    /// <summary>The event.</summary>
    public JobEvent Event { get; }

    /// <summary>
    /// How far behind the reader is: the events that wait after this one, as far as the store has told. Those that a filter compares by
    /// reading are counted too.
    /// </summary>
    public long Pending { get; }
}
