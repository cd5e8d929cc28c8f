namespace Naq.Events;

/// <summary>Which part of the events that a filter means is read, and in what order.</summary>
public sealed record JobEventQueryOptions
{
    /// <summary>The most events to read; all when <see langword="null"/>, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Limit
    {
        get;
        init
        {
            if (value is { } limit)
                ArgumentOutOfRangeException.ThrowIfNegative(limit, nameof(Limit));

            field = value;
        }
    }

    /// <summary>How many matching events to pass over first; 0 by default. They are read all the same: a <see cref="After"/> is cheaper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Offset
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Offset));
            field = value;
        }
    }

    /// <summary>The order; the oldest first by default.</summary>
    public JobEventOrder Order { get; init; }

    /// <summary>Where an earlier page ended: <see cref="JobEventPage.Next"/>, in the same order.</summary>
    public JobEventCursor? After { get; init; }
}
