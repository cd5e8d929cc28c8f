using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary><c>PublishConcurrentAsync</c> with a window of 1,000.</summary>
internal sealed class ConcurrentPublishing : IPublishingPeer
{
    private const int Window = 1_000;

    public int Share { get; init; } = 1;

    public async Task PublishAsync(NatsConnection connection, ReadOnlyMemory<ReadyMessage> messages)
    {
        var jetStream = new NatsJSContext(connection);
        var window = new Queue<NatsJSPublishConcurrentFuture>(Window);
        for (var i = 0; i < messages.Length; i++)
        {
            if (window.Count == Window)
                await AcknowledgeAsync(window.Dequeue()).ConfigureAwait(false);

            var message = messages.Span[i];
            window.Enqueue(await jetStream.PublishConcurrentAsync(message.Subject, message.Payload).ConfigureAwait(false));
        }

        while (window.TryDequeue(out var left))
            await AcknowledgeAsync(left).ConfigureAwait(false);
    }

    private static async ValueTask AcknowledgeAsync(NatsJSPublishConcurrentFuture published)
    {
        await using (published.ConfigureAwait(false))
            (await published.GetResponseAsync().ConfigureAwait(false)).EnsureSuccess();
    }
}
