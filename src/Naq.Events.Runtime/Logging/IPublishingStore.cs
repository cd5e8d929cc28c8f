namespace Naq.Events.Logging;

/// <summary>A store that takes events from a logger's buffer as bytes.</summary>
internal interface IPublishingStore
{
    /// <summary>Makes the publisher of one logger. It is disposed by the logger, before the store.</summary>
    ValueTask<IJobEventPublisher> CreatePublisherAsync(JobEventLoggerOptions options, CancellationToken cancellationToken);
}
