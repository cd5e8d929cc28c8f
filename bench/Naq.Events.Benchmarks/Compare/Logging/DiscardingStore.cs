using Naq.Events.Logging;

namespace Naq.Events.Benchmarks.Compare.Logging;

/// <summary>A store that has stored everything at once, so that only the log call and the buffer are left.</summary>
internal sealed class DiscardingStore : PublishingOnlyStore, IPublishingStore, IJobEventPublisher
{
    private long _stored;

    public int MaxEventBytes => JobEventLimits.EventBytes;

    public long Stored => Volatile.Read(ref _stored);

    public ValueTask<IJobEventPublisher> CreatePublisherAsync(JobEventLoggerOptions options, CancellationToken cancellationToken) => new(this);

    public ValueTask PublishAsync(ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
    {
        foreach (var taken in events.Span)
            outcomes.Stored(taken);

        Volatile.Write(ref _stored, _stored + events.Length);
        return ValueTask.CompletedTask;
    }
}
