using System.Collections.Concurrent;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What the deliveries of one reader share.</summary>
/// <param name="Connection">Where outcomes go.</param>
/// <param name="Stream">The stream that is read.</param>
/// <param name="Processor">The durable name.</param>
/// <param name="DeadLetters">Where events go that are given up.</param>
/// <param name="LastTries">Which of them were begun with for the last time.</param>
internal sealed record DeliverySession(
    INatsConnection Connection, string Stream, string Processor, JetStreamDeadLetters DeadLetters, LastTries LastTries)
{
    /// <summary>What was left without an outcome.</summary>
    public ConcurrentBag<LeftDelivery> Left { get; } = [];
}
