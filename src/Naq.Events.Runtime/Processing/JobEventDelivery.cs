namespace Naq.Events.Processing;

/// <summary>One delivery of an event to a durable processor. Exactly one of its outcomes is called: acknowledge, retry or terminate.</summary>
internal abstract class JobEventDelivery
{
    private JobEvent? _event;
    private ulong _sequence;
    private bool _isAnother;
    private int _triedAgain;

    /// <summary>The event, or <see langword="null"/> when the message is malformed.</summary>
    public required JobEvent? Event
    {
        get => _event;
        init => _event = value;
    }

    /// <summary>What is malformed, when <see cref="Event"/> is <see langword="null"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The message's sequence in its stream.</summary>
    public required ulong Sequence
    {
        get => _sequence;
        init => _sequence = value;
    }

    /// <summary>Which delivery this is, from 1.</summary>
    public required int Delivery { get; init; }

    /// <summary>Whether it was a dead letter, or parked behind one, and so does not wait behind those of its job.</summary>
    public bool IsReplay { get; init; }

    /// <summary>How many wait behind it for a processor of the name; <see langword="null"/> where that is not known.</summary>
    public long? Pending { get; init; }

    /// <summary>Which try this is, from 1: a delivery that stays in hand between two tries is one to the store.</summary>
    public int Attempt => (_isAnother ? 1 : Delivery - Untried) + _triedAgain;

    /// <summary>How many of the earlier deliveries were given back before a handler had begun with them.</summary>
    public int Untried { get; init; }

    /// <summary>Whether another process had the event in hand and told no outcome: it may have died of it.</summary>
    public bool MayHaveKilled { get; init; }

    /// <summary>Whether a handler has begun with it.</summary>
    public bool IsTried { get; private set; }

    /// <summary>Whether the event stays in hand until its next try, whatever the processor's options say.</summary>
    public virtual bool WaitsInHand => false;

    /// <summary>When this process was first given it.</summary>
    public DateTimeOffset FirstSeen { get; set; }

    /// <summary>Its place in <see cref="HeldDeliveries"/>, which alone sets it.</summary>
    internal JobEventDelivery? HeldBefore { get; set; }

    /// <inheritdoc cref="HeldBefore"/>
    internal JobEventDelivery? HeldAfter { get; set; }

    /// <inheritdoc cref="HeldBefore"/>
    internal bool IsHeld { get; set; }

    /// <summary>Whether the store is asked to deliver the event again: the next delivery is not one of what is in hand, even if it comes at once.</summary>
    public bool IsLeft { get; set; }

    /// <summary>The handlers begin with it.</summary>
    public void Begin() => IsTried = true;

    /// <summary>Counts another try of what is in hand.</summary>
    public void TryAgain() => _triedAgain++;

    /// <summary>Whether a delivery to this process is of what is in hand here already: the store delivered it again, though nobody was done with it.</summary>
    public virtual bool IsSameAs(JobEventDelivery again) => Sequence == again.Sequence && Event!.Id == again.Event!.Id;

    /// <summary>Before the handlers begin with its last try, when it has come again that often.</summary>
    /// <param name="most">How many tries it has.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Whether it has that try; it does not when the handlers had begun with the last one before, and nobody told what came of it.</returns>
    public virtual ValueTask<bool> TryBeginLastAsync(int most, CancellationToken cancellationToken) => ValueTask.FromResult(Attempt <= most);

    /// <summary>It is handled.</summary>
    public abstract ValueTask AcknowledgeAsync(CancellationToken cancellationToken);

    /// <summary>Deliver it again, after a while.</summary>
    public abstract ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves the event to the store until its next try: nothing of it stays in hand, and later
    /// events of its job find that they have to be parked. It was its outcome.
    /// </summary>
    /// <param name="delay">The wait.</param>
    /// <param name="tried">How often it was tried.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Whether the store does that.</returns>
    public virtual ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken) => default;

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

    /// <summary>After its outcome: becomes the delivery of the event that is to follow it, if there is one.</summary>
    public virtual ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken) => default;

    /// <summary>Becomes the first delivery of another event.</summary>
    protected void BeginAnother(JobEvent jobEvent, ulong sequence)
    {
        (_event, _sequence) = (jobEvent, sequence);
        (_isAnother, _triedAgain, IsTried, IsLeft) = (true, 0, false, false);
    }
}
