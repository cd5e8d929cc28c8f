namespace Naq.Events;

/// <summary>An event that a durable processor has given up, and why.</summary>
public sealed record JobEventDeadLetter
{
    /// <summary>Its number among dead letters, by which it is replayed and discarded. Not the event's sequence.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>When it became a dead letter.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The event as it was stored, or <see langword="null"/> for a message that is malformed.</summary>
    public required JobEvent? Event { get; init; }

    /// <summary>The sequence of the event or message in its stream.</summary>
    public required ulong EventSequence { get; init; }

    /// <summary>Why.</summary>
    public required JobEventDeadLetterCause Cause { get; init; }

    internal bool IsParked => Cause == JobEventDeadLetterCause.Parked;

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>How often it had been delivered.</summary>
    public required int Deliveries { get; init; }

    /// <summary>The first handler that failed in the last delivery, such as <c>OrderHandlers.OnFailed</c>.</summary>
    public string? Handler { get; init; }

    /// <summary>The type of that handler's error, such as <c>System.IO.IOException</c>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The message of that handler's error, at most 4 KiB.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The hash by which failures of handlers are grouped, as <see cref="JobEvent.ErrorFingerprint"/> groups those of jobs.</summary>
    public string? ErrorFingerprint { get; init; }

    /// <summary>The headers of the message; empty in memory.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>().AsReadOnly();

    /// <summary>The payload of the message, byte for byte; empty in memory, and where it was removed before it could be copied.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
