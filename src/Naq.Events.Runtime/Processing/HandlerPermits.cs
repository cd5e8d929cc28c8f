namespace Naq.Events.Processing;

/// <summary>
/// The calls of limited handlers that an event needs. They are counted before its first handler runs, in the order of the handlers, which is the same for every event, so
/// that no two events wait for each other, and no worker waits at all.
/// </summary>
internal sealed class HandlerPermits
{
    private readonly List<(HandlerKey Handler, ConcurrencyLimit Limit)> _needed = [];
    private int _granted;

    /// <summary>Whether it is known what the event needs.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>What is to be counted next; <see langword="null"/> when all is.</summary>
    public ConcurrencyLimit? Next => _granted < _needed.Count ? _needed[_granted].Limit : null;

    public void Begin(LaneContext context, JobEventDelivery delivery)
    {
        if (context.IsLastTryAlone(delivery))
            Need(default, context.LastTries);

        var completed = context.Completed.Of(delivery);
        for (var i = 0; i < context.Dispatchers.Count; i++)
            context.Dispatchers[i].AddLimits(i, delivery.Event!, context.Policy, completed, this);

        IsBegun = true;
    }

    public void Need(HandlerKey handler, ConcurrencyLimit limit) => _needed.Add((handler, limit));

    /// <summary>The next is counted.</summary>
    public void Grant() => _granted++;

    /// <summary>Takes over the call of a handler, to leave its limit when it has ended.</summary>
    public ConcurrencyLimit? Take(HandlerKey handler)
    {
        for (var i = 0; i < _granted; i++)
        {
            if (_needed[i].Handler != handler)
                continue;

            var limit = _needed[i].Limit;
            _needed.RemoveAt(i);
            _granted--;
            return limit;
        }

        return null;
    }

    /// <summary>Gives back the calls that were not made.</summary>
    public void End()
    {
        for (var i = 0; i < _granted; i++)
            _needed[i].Limit.Leave();

        _needed.Clear();
        _granted = 0;
        IsBegun = false;
    }
}
