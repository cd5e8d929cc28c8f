using NATS.Client.Core;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>A way to publish with NATS.Net, as a user would write it.</summary>
internal interface IPublishingPeer
{
    /// <summary>How many of a sample's events it publishes: a slow one gets fewer, or the row would take minutes.</summary>
    int Share { get; }

    /// <summary>Publishes all, and returns when all are acknowledged.</summary>
    Task PublishAsync(NatsConnection connection, ReadOnlyMemory<ReadyMessage> messages);
}
