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
            AddTaken(waiter);
            AddWaiting(waiter);
            return waiter.Result();
        }
    }

    private void AddTaken(FlushWaiter waiter)
    {
        for (var place = 0; place < _taken.Places && waiter.WantsIds; place++)
        {
            if (_taken.At(place) is { } taken && taken.Order <= waiter.LastOrder)
                waiter.AddRemaining(taken.Id);
        }
    }

    private void AddWaiting(FlushWaiter waiter)
    {
        for (var place = 0; place < _waiting.Count && waiter.WantsIds; place++)
        {
            ref readonly var waiting = ref _waiting.At(place);
            if (waiting.Order <= waiter.LastOrder)
                waiter.AddRemaining(waiting.Id);
        }
    }
}
