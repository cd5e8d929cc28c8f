namespace Naq.Events.Processing;

/// <summary>What a durable processor wants delivered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Filter">Which events.</param>
/// <param name="Start">Where a new name begins.</param>
/// <param name="AckWait">How long an event may take before it is delivered again.</param>
/// <param name="MaxUnacknowledged">The most events that are delivered and not yet acknowledged.</param>
internal sealed record DeliveryRequest(
    string Name, JobEventFilter Filter, JobEventStart Start, TimeSpan AckWait, int MaxUnacknowledged)
{
    /// <summary>How long a processor's events may take between two signs of life.</summary>
    public static readonly TimeSpan ProcessorAckWait = TimeSpan.FromSeconds(30);

    /// <summary>Told of events that had been removed before they were delivered.</summary>
    public Action<JobEventsLost>? OnLost { get; init; }

    /// <summary>What a processor's handlers want.</summary>
    public static DeliveryRequest Of(
        string name, JobEventProcessorOptions options, IReadOnlyList<IJobEventDispatcher> dispatchers, JobEventStart start) =>
        new(name, FilterOf(dispatchers, options.Service), start, ProcessorAckWait, Lanes.MostTaken(options));

    /// <summary>The events that one of the handlers is for.</summary>
    public static JobEventFilter FilterOf(IReadOnlyList<IJobEventDispatcher> dispatchers, string? service)
    {
        var every = dispatchers.Any(static dispatcher => dispatcher.HandledEvents.Count == 0);
        return new JobEventFilter
        {
            EventNames = every ? [] : [.. dispatchers.SelectMany(static dispatcher => dispatcher.HandledEvents)],
            Service = service,
        };
    }
}
