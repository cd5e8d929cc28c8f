namespace Naq.Events.Processing;

/// <summary>
/// Which handlers are done with events that failed and come again, so that these do not run twice. Of this process, and of the
/// latest failed events only: beyond that, handlers run at least once.
/// </summary>
internal sealed class CompletedHandlers
{
    private const int MostEvents = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (Guid EventId, IReadOnlySet<HandlerKey> Handlers)> _completed = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Those of an earlier delivery of this event; none in its first, which a replay has too.</summary>
    public IReadOnlySet<HandlerKey>? Of(JobEventDelivery delivery)
    {
        if (delivery.Attempt == 1)
            return null;

        lock (_lock)
        {
            return _completed.TryGetValue(delivery.Sequence, out var known) && known.EventId == delivery.Event!.Id ? known.Handlers : null;
        }
    }

    public void Remember(JobEventDelivery delivery, IReadOnlySet<HandlerKey> handlers)
    {
        lock (_lock)
        {
            if (!_completed.ContainsKey(delivery.Sequence))
                _order.Enqueue(delivery.Sequence);

            _completed[delivery.Sequence] = (delivery.Event!.Id, handlers);
            while (_order.Count > MostEvents)
                _ = _completed.Remove(_order.Dequeue());
        }
    }
}
