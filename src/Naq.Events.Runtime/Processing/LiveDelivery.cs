namespace Naq.Events.Processing;

/// <summary>An event of a live stream, which nobody acknowledges.</summary>
internal sealed class LiveDelivery : JobEventDelivery
{
    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => default;

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => default;

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => default;

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => default;
}
