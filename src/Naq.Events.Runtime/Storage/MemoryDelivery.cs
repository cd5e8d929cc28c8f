using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>A delivery of the embedded store.</summary>
internal sealed class MemoryDelivery(MemoryConsumer consumer) : JobEventDelivery
{
    private bool _isLastTry;

    public override ValueTask<bool> TryBeginLastAsync(int most, CancellationToken cancellationToken)
    {
        _isLastTry = Attempt <= most;
        return ValueTask.FromResult(_isLastTry);
    }

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => consumer.Settle(Sequence);

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => consumer.Retry(Sequence, delay);

    public override ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken) =>
        ValueTask.FromResult(consumer.WaitElsewhere(Event!, delay, tried));

    public override void GiveBack()
    {
        if (!IsTried || _isLastTry)
            consumer.Uncount(Sequence, Delivery);
    }

    public override ValueTask ExtendAsync(CancellationToken cancellationToken) => consumer.Extend(Sequence, Delivery);

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken)
    {
        consumer.Keep(this, reason);
        return default;
    }

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => consumer.Settle(Sequence);
}
