namespace Naq.Events.Processing;

/// <summary>How many events this process has asked the store to deliver again after a while, which has not passed yet.</summary>
internal sealed class DelayedDeliveries(int most, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<bool, DateTimeOffset> _due = new();

    /// <summary>Adds one, unless there are as many as may be.</summary>
    public bool TryAdd(TimeSpan delay)
    {
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            while (_due.TryPeek(out _, out var due) && due <= now)
                _ = _due.Dequeue();

            if (_due.Count >= most)
                return false;

            _due.Enqueue(true, now + delay);
            return true;
        }
    }
}
