namespace Naq.Events.JetStream;

/// <summary>
/// How many messages a reader asks for ahead of its caller. One that takes them fast asks for more: as many as it takes within <see cref="Time"/>, so that they come, and
/// are answered, many in one write. What is ahead of a slow one would only be kept from other processes of its name.
/// </summary>
/// <param name="least">The fewest.</param>
/// <param name="most">The most.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ReadAhead(int least, int most, TimeProvider timeProvider)
{
    /// <summary>The time whose messages are asked for.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(20);

    private readonly int _least = least;
    private long _since = timeProvider.GetTimestamp();
    private int _read;

    /// <summary>The most at any time.</summary>
    public int Most => most;

    /// <summary>How many, as was found last.</summary>
    public int Messages { get; private set; } = least;

    /// <summary>Counts one that the caller takes.</summary>
    public void Read() => _read++;

    /// <summary>Finds how many it is by what was taken since this was called before.</summary>
    public void Adapt()
    {
        var elapsed = timeProvider.GetElapsedTime(_since);
        if (_least == most || elapsed <= TimeSpan.Zero)
            return;

        Messages = (int)Math.Clamp(_read * (Time / elapsed), _least, most);
        (_since, _read) = (timeProvider.GetTimestamp(), 0);
    }
}
