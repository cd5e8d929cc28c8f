namespace Naq.Events;

/// <summary>Where a stream of events begins. The default is <see cref="New"/>.</summary>
public readonly record struct JobEventStart
{
    private JobEventStart(ulong sequence) => FirstSequence = sequence;

    /// <summary>With what is stored from now on.</summary>
    public static JobEventStart New => default;

    /// <summary>With the oldest event there is.</summary>
    public static JobEventStart Beginning { get; } = new(1);

    /// <summary>The first sequence wanted; 0 for <see cref="New"/> and for a time.</summary>
    public ulong FirstSequence { get; }

    /// <summary>The time from which on events were stored, for <see cref="Since"/>.</summary>
    internal DateTimeOffset? StoredSince { get; private init; }

    /// <summary>The cursor, for <see cref="After"/>.</summary>
    internal JobEventCursor? Cursor { get; private init; }

    /// <summary>With the first event of this sequence or after it.</summary>
    /// <param name="sequence">The sequence, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is 0.</exception>
    public static JobEventStart At(ulong sequence)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sequence);
        return new JobEventStart(sequence);
    }

    /// <summary>With what was stored at a time or later, by the store's clock.</summary>
    /// <param name="time">The time; one that is still to come means <see cref="New"/>.</param>
    public static JobEventStart Since(DateTimeOffset time) => new(0) { StoredSince = time };

    /// <summary>With what follows an event that was read before, of the same stream: one that was made again since is refused.</summary>
    /// <param name="cursor">Where the earlier read was: <see cref="JobEventSubscriptionMessage.Cursor"/> or <see cref="JobEventPage.Next"/>.</param>
    public static JobEventStart After(JobEventCursor cursor) => new(cursor.Sequence + 1) { Cursor = cursor };
}
