namespace Naq.Events.Logging;

/// <summary>
/// Tells a stream of events from single ones. Single events are sent at once; in a stream the pump lingers, since to be woken for
/// events, and to contend with their log calls for the buffer, would cost those calls more than all else they do.
/// </summary>
internal sealed class EventRate(TimeProvider timeProvider)
{
    /// <summary>How long the pump lingers in a stream.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    private const int Window = 64;
    private const int StreamEventsPerSecond = 100_000;

    private long _began = timeProvider.GetTimestamp();
    private int _count;

    public bool IsStream { get; private set; }

    /// <summary>So many events were taken.</summary>
    public void Add(int count)
    {
        _count += count;
        if (_count < Window)
            return;

        var now = timeProvider.GetTimestamp();
        var elapsed = timeProvider.GetElapsedTime(_began, now);

        // A clock that stands still says nothing.
        IsStream = elapsed > TimeSpan.Zero && _count > elapsed.TotalSeconds * StreamEventsPerSecond;
        _began = now;
        _count = 0;
    }
}
