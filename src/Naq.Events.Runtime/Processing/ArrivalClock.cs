namespace Naq.Events.Processing;

/// <summary>The time for events that come together: the clock is read for the first of them, and again after each wait.</summary>
internal sealed class ArrivalClock(TimeProvider timeProvider)
{
    private const int MostTogether = 32;

    private int _left;

    /// <summary>The time that was read last.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Says that there is a wait before the next event.</summary>
    public void Stop() => _left = 0;

    /// <summary>Reads the clock for an event, unless it was read just now.</summary>
    /// <returns>Whether it did.</returns>
    public bool Read()
    {
        if (_left-- > 0)
            return false;

        _left = MostTogether;
        Now = timeProvider.GetUtcNow();
        return true;
    }
}
