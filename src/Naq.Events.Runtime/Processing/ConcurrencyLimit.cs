namespace Naq.Events.Processing;

/// <summary>How many calls of one handler run at once. Lanes that have to wait for one have it in the order in which they came.</summary>
internal sealed class ConcurrencyLimit(int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<LimitWait> _waiting = new();
    private int _running;

    /// <summary>Counts a call, unless there are as many as may be.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_running == most)
                return false;

            _running++;
            return true;
        }
    }

    /// <summary>Counts a call, or has the lane wait for one: then it is resumed with it.</summary>
    /// <returns>Whether it is counted. It is not when the wait was ended meanwhile either.</returns>
    public bool EnterOrWait(LimitWait wait)
    {
        lock (_lock)
        {
            if (_running == most)
            {
                _waiting.Enqueue(wait);
                return false;
            }

            if (!wait.TryEnd())
                return false;

            _running++;
            return true;
        }
    }

    /// <summary>A call has ended, or was not made: the next that waits has it.</summary>
    public void Leave()
    {
        LimitWait? next;
        lock (_lock)
        {
            do
            {
                if (_waiting.TryDequeue(out next))
                    continue;

                _running--;
                return;
            }
            while (!next.TryEnd());
        }

        next.Resume();
    }
}
