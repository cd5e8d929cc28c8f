namespace Naq.Events;

/// <summary>How a store is.</summary>
/// <param name="IsHealthy">Whether it can be written to and read from.</param>
/// <param name="Description">What is known, in a sentence; what is wrong when it is not healthy.</param>
public sealed record JobEventStoreHealth(bool IsHealthy, string Description)
{
    /// <summary>
    /// The events, at most, that this process's subscriptions and processors lost, since they were removed before they were read: of losses
    /// no more than 5 minutes apart, the last of which is no older than that. 0 without one.
    /// </summary>
    public long RecentlyLost { get; init; }

    /// <summary>The events stored, of every environment and service; 0 when unknown.</summary>
    public long Events { get; init; }

    /// <summary>Their bytes; 0 when unknown.</summary>
    public long Bytes { get; init; }

    /// <summary>The first sequence; 0 when unknown.</summary>
    public ulong FirstSequence { get; init; }

    /// <summary>The last sequence; 0 when unknown.</summary>
    public ulong LastSequence { get; init; }

    /// <summary>The consumers on the stream; 0 when unknown.</summary>
    public long Consumers { get; init; }
}
