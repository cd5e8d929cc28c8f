namespace Naq.Events.Logging;

/// <summary>Counts the outcomes of the events that a flush waits for. Guarded by the buffer's lock.</summary>
internal sealed class FlushWaiter
{
    private const int MaxIds = 100;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Guid> _remainingIds = [];
    private long _open;
    private long _stored;
    private long _lost;

    public FlushWaiter(long lastOrder, long open)
    {
        LastOrder = lastOrder;
        _open = open;
        if (open == 0)
            _completion.SetResult();
    }

    /// <summary>The last event that this flush waits for.</summary>
    public long LastOrder { get; }

    public Task Completion => _completion.Task;

    public bool WantsIds => _remainingIds.Count < MaxIds;

    /// <returns>Whether every event has its outcome.</returns>
    public bool Resolve(Guid id, bool stored)
    {
        _open--;
        if (stored)
        {
            _stored++;
        }
        else
        {
            _lost++;
            if (WantsIds)
                _remainingIds.Add(id);
        }

        if (_open == 0)
            _completion.TrySetResult();

        return _open == 0;
    }

    /// <summary>So many events are lost, and their ids are not known.</summary>
    /// <param name="events">How many, one after the other.</param>
    /// <param name="firstOrder">The first of them: those that come after the last that this flush waits for are none of its own. 0 where it is not known.</param>
    /// <returns>Whether every event has its outcome.</returns>
    public bool Lose(long events, long firstOrder)
    {
        events = Math.Min(Math.Clamp(LastOrder - firstOrder + 1, 0, events), _open);
        _open -= events;
        _lost += events;
        if (_open == 0)
            _completion.TrySetResult();

        return _open == 0;
    }

    public void AddRemaining(Guid id) => _remainingIds.Add(id);

    public FlushResult Result() => new(_stored, _lost + _open, _remainingIds);
}
