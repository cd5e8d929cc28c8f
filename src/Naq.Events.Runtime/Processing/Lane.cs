namespace Naq.Events.Processing;

/// <summary>The events of one job, or of what else the order is by, that are in hand, in order; or one event, where there is no order to keep. The first is being handled, is about to be, or waits for its next try.</summary>
internal sealed class Lane
{
    public LaneKey Key { get; set; }

    public Queue<JobEventDelivery> Deliveries { get; } = new();

    /// <summary>How many of the first of them do not count as in hand: they waited, or came while the lane waited.</summary>
    public int Uncounted { get; set; }

    /// <summary>Wakes a lane that waits; <see langword="null"/> for one that does not.</summary>
    public ITimer? Wait { get; set; }

    /// <summary>When a lane that waits goes on.</summary>
    public DateTimeOffset WaitsUntil { get; set; }

    /// <summary>Whether it is woken before that, since what comes behind it takes up room: it is to wait in the store.</summary>
    public bool IsCrowded { get; set; }

    /// <summary>The calls of limited handlers that its first event needs.</summary>
    public HandlerPermits Permits { get; } = new();

    /// <summary>The wait for such a call; <see langword="null"/> when it does not wait for one.</summary>
    public LimitWait? LimitWait { get; set; }

    /// <summary>Whether this event is in hand already: the store delivered it again, though nobody was done with it.</summary>
    public bool Has(JobEventDelivery again)
    {
        foreach (var delivery in Deliveries)
        {
            if (!delivery.IsLeft && delivery.IsSameAs(again))
                return true;
        }

        return false;
    }
}
