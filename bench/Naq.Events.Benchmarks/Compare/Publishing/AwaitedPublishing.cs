using System.Text.Json;
using Naq.Events.Benchmarks.Compare.Events;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>The guide's algorithm: serialize, publish, await the acknowledgement, next; it sends no ids.</summary>
internal sealed class AwaitedPublishing : IPublishingPeer
{
    public int Share => 10;

    public async Task PublishAsync(NatsConnection connection, ReadOnlyMemory<ReadyMessage> messages)
    {
        var jetStream = new NatsJSContext(connection);
        for (var i = 0; i < messages.Length; i++)
        {
            var message = messages.Span[i];
            var payload = JsonSerializer.SerializeToUtf8Bytes(PeerEvent.Shipped(message.Values), PeerJsonContext.Default.PeerEvent);
            var ack = await jetStream.PublishAsync(message.Subject, payload).ConfigureAwait(false);
            ack.EnsureSuccess();
        }
    }
}
