namespace Naq.Events;

/// <summary>Where a stream of events begins. The default is <see cref="New"/>.</summary>
public readonly record struct JobEventStart
{
    private JobEventStart(ulong sequence) => FirstSequence = sequence;

    /// <summary>With what is stored from now on.</summary>
    public static JobEventStart New => default;

    /// <summary>With the oldest event there is.</summary>
    public static JobEventStart Beginning { get; } = new(1);

    /// <summary>The first sequence wanted; 0 for <see cref="New"/>.</summary>
    public ulong FirstSequence { get; }

    /// <summary>With the first event of this sequence or after it.</summary>
    /// <param name="sequence">The sequence, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is 0.</exception>
    public static JobEventStart At(ulong sequence)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sequence);
        return new JobEventStart(sequence);
    }
}
