using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>The parked events of one job, one after the other, of the embedded store.</summary>
internal sealed class MemoryParkedDelivery(MemoryConsumer consumer, JobEventDeadLetter first) : JobEventDelivery
{
    private JobEventDeadLetter _parked = first;

    public override bool WaitsInHand => true;

    private string JobId => _parked.Event!.JobId;

    public override bool IsSameAs(JobEventDelivery again) => again is MemoryParkedDelivery;

    // What is done with is removed when the next is asked for.
    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => default;

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => default;

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override async ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken)
    {
        _ = consumer.WaitElsewhere(Event!, delay, tried);

        // It is before what is parked now: the delivery ends.
        return !await MoveNextAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void GiveBack()
    {
        if (!IsTried)
            consumer.UncountRelease(JobId, Delivery);
    }

    public override ValueTask ExtendAsync(CancellationToken cancellationToken) => consumer.ExtendRelease(JobId, Delivery);

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken)
    {
        consumer.Keep(this, reason);
        return default;
    }

    public override ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (consumer.NextParked(JobId, _parked.Sequence) is not { } next)
            return ValueTask.FromResult(false);

        _parked = next;
        BeginAnother(next.Event!, next.EventSequence);
        return ValueTask.FromResult(true);
    }
}
