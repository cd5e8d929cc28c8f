namespace Naq.Events.Processing;

/// <summary>An event of history. The store is not told what becomes of it; who replays counts.</summary>
internal sealed class HistoryDelivery : JobEventDelivery
{
    /// <summary>Whether every handler is done with it.</summary>
    public bool IsHandled { get; private set; }

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
    {
        IsHandled = true;
        return default;
    }

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => default;

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => default;

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => default;
}
