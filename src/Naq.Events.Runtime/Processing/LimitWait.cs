namespace Naq.Events.Processing;

/// <summary>A lane that waits for a call of a handler. Whoever ends the wait, the limit or the lanes when they stop, has the lane go on.</summary>
internal sealed class LimitWait(Lanes lanes, Lane lane)
{
    private int _ended;

    /// <summary>Whether the caller is the one who ends it.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;

    /// <summary>The limit has counted a call for the lane.</summary>
    public void Resume() => lanes.Resume(lane);
}
