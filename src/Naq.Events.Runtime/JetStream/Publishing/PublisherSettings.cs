using Microsoft.Extensions.Logging;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>What a publisher is made of.</summary>
internal sealed record PublisherSettings
{
    public required JetStreamConnection Connection { get; init; }

    public required LiveStarts LiveStarts { get; init; }

    /// <summary>Creates the stream again, when it is gone.</summary>
    public required Func<CancellationToken, ValueTask> EnsureStreamAsync { get; init; }

    /// <summary>The labels of what is measured.</summary>
    public required KeyValuePair<string, object?>[] Tags { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>How long an event may be without an answer.</summary>
    public required TimeSpan AckTimeout { get; init; }

    public required TimeSpan RetryDelay { get; init; }

    public required int RetryAttempts { get; init; }

    public required int MaxEventBytes { get; init; }

    /// <summary>How long the server knows the ids of what it has stored.</summary>
    public required TimeSpan DuplicateWindow { get; init; }

    /// <summary>Finds out which events the stream holds, of those that were sent after a time.</summary>
    public required Func<IReadOnlyList<BufferedEvent>, DateTimeOffset, CancellationToken, ValueTask<IReadOnlySet<Guid>>> FindStoredAsync { get; init; }

    /// <summary>Whether events that have gathered are sent as atomic batches.</summary>
    public required bool SendBatches { get; init; }

    /// <summary>How long the server is to keep each event, where that differs from the stream's age.</summary>
    public MessageTtls? Ttls { get; init; }

    /// <summary>
    /// Whether nothing else is sent while a batch has no answer. A change of leader can then reorder nothing (docs/decisions/0013).
    /// </summary>
    public required bool OneBatchUnderWay { get; init; }

    /// <summary>Whether events carry their ids.</summary>
    public required bool SendIds { get; init; }
}
