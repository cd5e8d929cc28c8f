namespace Naq.Events.CompilerServices;

/// <summary>The dispatch table of a handler class. The generator implements it; do not implement it by hand.</summary>
/// <typeparam name="TSelf">The handler class.</typeparam>
public interface IJobEventHandlers<TSelf>
    where TSelf : IJobEventHandlers<TSelf>
{
    /// <summary>The names of the events handled, in ordinal order; empty when every event is handled.</summary>
    static abstract IReadOnlyList<string> HandledEvents { get; }

    /// <summary>Which events the class needs one after the other; <see langword="null"/> when it does not say.</summary>
    static virtual OrderingAttribute? Ordering => null;

    /// <summary>The handlers of one event, in the order of their declaration.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="eventName">The event's wire token.</param>
    static abstract ReadOnlySpan<JobEventHandler<TSelf>> GetHandlers(JobEventType type, string eventName);
}
