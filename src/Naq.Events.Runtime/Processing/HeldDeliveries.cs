namespace Naq.Events.Processing;

/// <summary>The deliveries that a processor has in hand. They are linked to each other, so that one costs nothing to add or to remove.</summary>
internal sealed class HeldDeliveries
{
    private readonly Lock _lock = new();
    private JobEventDelivery? _last;
    private int _count;

    public IReadOnlyList<JobEventDelivery> All()
    {
        lock (_lock)
        {
            var all = new List<JobEventDelivery>(_count);
            for (var delivery = _last; delivery is not null; delivery = delivery.HeldBefore)
                all.Add(delivery);

            return all;
        }
    }

    public void Add(JobEventDelivery delivery)
    {
        lock (_lock)
        {
            delivery.IsHeld = true;
            delivery.HeldBefore = _last;
            if (_last is not null)
                _last.HeldAfter = delivery;

            _last = delivery;
            _count++;
        }
    }

    /// <summary>Removes one, if it is there.</summary>
    public void Remove(JobEventDelivery delivery)
    {
        lock (_lock)
        {
            if (!delivery.IsHeld)
                return;

            var (before, after) = (delivery.HeldBefore, delivery.HeldAfter);
            if (before is not null)
                before.HeldAfter = after;

            if (after is not null)
                after.HeldBefore = before;
            else
                _last = before;

            (delivery.IsHeld, delivery.HeldBefore, delivery.HeldAfter) = (false, null, null);
            _count--;
        }
    }
}
