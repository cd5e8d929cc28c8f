namespace Naq.Events.Processing;

/// <summary>Held by who is at the last try of an event.</summary>
internal sealed class LastTry
{
    /// <summary>After so long it is asked for again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private int _isHeld;

    public bool TryBegin() => Interlocked.CompareExchange(ref _isHeld, 1, 0) == 0;

    public void End() => Volatile.Write(ref _isHeld, 0);
}
