namespace Naq.Events.Processing;

/// <summary>The events of one job that are in hand, in order. The first is being handled, or is about to be.</summary>
internal sealed class Lane
{
    public string JobId { get; set; } = "";

    public Queue<JobEventDelivery> Deliveries { get; } = new();
}
