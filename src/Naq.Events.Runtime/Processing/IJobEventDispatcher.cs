namespace Naq.Events.Processing;

/// <summary>Gives events to the handlers of one handler class.</summary>
internal interface IJobEventDispatcher
{
    /// <summary>The handler class's name.</summary>
    string Name { get; }

    /// <summary>The names of the events handled; empty when every event is.</summary>
    IReadOnlyList<string> HandledEvents { get; }

    /// <summary>How often the one of an event's handlers that is tried most is tried; 0 when it has none here.</summary>
    int MostAttempts(JobEvent jobEvent, FailurePolicy policy);

    /// <summary>Which events the handler class needs one after the other; <see langword="null"/> when it does not say.</summary>
    OrderingAttribute? Ordering { get; }

    /// <summary>Adds the limits of those handlers that are to have an event.</summary>
    void AddLimits(int registration, JobEvent jobEvent, FailurePolicy policy, IReadOnlySet<HandlerKey>? completed, HandlerPermits permits);

    /// <summary>Runs the handlers of an event, one after the other, each to its own end.</summary>
    /// <param name="delivery">The event and how it came.</param>
    /// <param name="run">Runs one handler within its time.</param>
    ValueTask DispatchAsync(HandlerDelivery delivery, HandlerRun run);
}
