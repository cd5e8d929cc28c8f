namespace Naq.Events;

/// <summary>How a subscription reads.</summary>
public sealed record JobEventSubscriptionOptions
{
    /// <summary>Where to begin; with what is stored from now on by default.</summary>
    public JobEventStart Start { get; init; }

    /// <summary>The most events that are fetched ahead of the reader, from 1; 1,000 by default. More wait in the store.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 10,000.</exception>
    public int Capacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Capacity));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000, nameof(Capacity));
            field = value;
        }
    } = 1_000;

    /// <summary>How many events may wait before a reader that had caught up is told that it fell behind; 10,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long FallsBehindAt
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(FallsBehindAt));
            field = value;
        }
    } = 10_000;
}
