namespace Naq.Events.Processing;

/// <content>Lanes whose next event has a handler of which no more calls may run now: they wait without a worker.</content>
internal sealed partial class Lanes
{
    /// <summary>The limit has counted a call for a lane that waited for it.</summary>
    public void Resume(Lane lane)
    {
        lane.Permits.Grant();
        lock (_lock)
            EndLimitWait(lane);
    }

    /// <summary>Counts the calls of limited handlers that an event needs.</summary>
    /// <returns>Whether the caller still has the lane; it goes to a worker again later when it has not.</returns>
    private bool TryEnter(Lane lane, JobEventDelivery delivery)
    {
        var permits = lane.Permits;
        if (!permits.IsBegun)
            permits.Begin(_context, delivery);

        while (permits.Next is { } limit)
        {
            if (limit.TryEnter())
            {
                permits.Grant();
                continue;
            }

            if (BeginLimitWait(lane) is not { } wait)
                return true;

            if (!limit.EnterOrWait(wait))
                return false;

            permits.Grant();
            lock (_lock)
                ForgetLimitWait(lane);
        }

        return true;
    }

    private LimitWait? BeginLimitWait(Lane lane)
    {
        lock (_lock)
        {
            if (IsEnding)
                return null;

            lane.LimitWait = new LimitWait(this, lane);
            _limited++;
            Uncount(lane);
            return lane.LimitWait;
        }
    }

    /// <summary>What waits for a call when the lanes end is given back, or cancelled, and goes to a worker for that.</summary>
    private void EndLimitWaits()
    {
        lock (_lock)
        {
            if (!IsEnding)
                return;

            foreach (var lane in _open.Values)
            {
                if (lane.LimitWait?.TryEnd() == true)
                    EndLimitWait(lane);
            }
        }
    }

    private void EndLimitWait(Lane lane)
    {
        ForgetLimitWait(lane);
        _ready.Add(lane);
    }

    private void ForgetLimitWait(Lane lane)
    {
        lane.LimitWait = null;
        _limited--;
    }
}
