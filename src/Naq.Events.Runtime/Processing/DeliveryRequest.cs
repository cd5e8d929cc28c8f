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
    /// <summary>Told of events that had been removed before they were delivered.</summary>
    public Action<JobEventsLost>? OnLost { get; init; }
}
