namespace Naq.Events.Logging;

/// <content>Those who wait until events have their outcome.</content>
internal sealed partial class EventBuffer
{
    /// <summary>Follows the events that are live now until each has its outcome.</summary>
    public FlushWaiter BeginFlush()
    {
        lock (_lock)
        {
            var waiter = new FlushWaiter(_lastOrder, Live + Unread);
            if (!waiter.Completion.IsCompleted)
                _flushes.Add(waiter);

            return waiter;
        }
    }

    /// <summary>Ends a flush, whatever is left of it.</summary>
    public FlushResult EndFlush(FlushWaiter waiter)
    {
        lock (_lock)
        {
            _ = _flushes.Remove(waiter);
            AddRemaining(waiter, _taken);
            AddRemaining(waiter, _waiting);
            return waiter.Result();
        }
    }

    private static void AddRemaining(FlushWaiter waiter, EventQueue events)
    {
        for (var place = 0; place < events.Places && waiter.WantsIds; place++)
        {
            if (events.At(place) is { } live && live.Order <= waiter.LastOrder)
                waiter.AddRemaining(live.Id);
        }
    }
}
