namespace Naq.Events.Processing;

/// <summary>One delivery of an event to a durable processor. Exactly one of its outcomes is called: acknowledge, retry or terminate.</summary>
internal abstract class JobEventDelivery
{
    private int _triedAgain;

    /// <summary>The event, or <see langword="null"/> when the message is malformed.</summary>
    public required JobEvent? Event { get; init; }

    /// <summary>What is malformed, when <see cref="Event"/> is <see langword="null"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The message's sequence in its stream.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Which delivery this is, from 1.</summary>
    public required int Delivery { get; init; }

    /// <summary>How many wait behind it for a processor of the name; <see langword="null"/> where that is not known.</summary>
    public long? Pending { get; init; }

    /// <summary>Which try this is, from 1: a delivery that stays in hand between two tries is one to the store.</summary>
    public int Attempt => Delivery - Untried + _triedAgain;

    /// <summary>How many of the earlier deliveries were given back before a handler had begun with them.</summary>
    public int Untried { get; init; }

    /// <summary>Whether a handler has begun with it.</summary>
    public bool IsTried { get; private set; }

    /// <summary>When this process was first given it.</summary>
    public DateTimeOffset FirstSeen { get; set; }

    /// <summary>The handlers begin with it.</summary>
    public void Begin() => IsTried = true;

    /// <summary>Counts another try of what is in hand.</summary>
    public void TryAgain() => _triedAgain++;

    /// <summary>It is handled.</summary>
    public abstract ValueTask AcknowledgeAsync(CancellationToken cancellationToken);

    /// <summary>Deliver it again, after a while.</summary>
    public abstract ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>It is being worked on: its time starts again.</summary>
    public virtual ValueTask ExtendAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Leaves it, when it has no outcome, to the end of the session, which gives it back before later ones, as if it had not been delivered yet.
    /// </summary>
    public virtual void GiveBack()
    {
        // A session in memory knows itself what it has in hand.
    }

    /// <summary>Keeps it as a dead letter; returns when it is stored. The delivery still needs its outcome.</summary>
    public abstract ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken);

    /// <summary>Do not deliver it again.</summary>
    public abstract ValueTask TerminateAsync(string reason, CancellationToken cancellationToken);
}
