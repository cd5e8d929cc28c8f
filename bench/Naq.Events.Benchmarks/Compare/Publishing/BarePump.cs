using System.Buffers;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>
/// The limit of what can be done over NATS.Net: core publishes as fast as the connection takes them, one subscription for all
/// replies, which are only counted, and a window of 10,000.
/// </summary>
internal sealed class BarePump(bool ids) : IPublishingPeer
{
    private const int Window = 10_000;

    public int Share => 1;

    public async Task PublishAsync(NatsConnection connection, ReadOnlyMemory<ReadyMessage> messages)
    {
        var inbox = new NatsJSContext(connection).NewBaseInbox();
        var replies = await connection.SubscribeCoreAsync(
            inbox,
            serializer: ReplyLength.Deserializer,
            opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = Window * 2 } }).ConfigureAwait(false);
        await using (replies.ConfigureAwait(false))
        {
            using var room = new SemaphoreSlim(Window);
            var counting = CountAsync(replies, room, messages.Length);
            for (var i = 0; i < messages.Length; i++)
            {
                if (!room.Wait(0))
                    await room.WaitAsync().ConfigureAwait(false);

                var message = messages.Span[i];
                await connection.PublishAsync(
                    message.Subject,
                    message.Payload,
                    headers: ids ? new NatsHeaders { ["Nats-Msg-Id"] = message.Id } : null,
                    replyTo: inbox,
                    serializer: NatsRawSerializer<byte[]>.Default).ConfigureAwait(false);
            }

            await counting.ConfigureAwait(false);
        }
    }

    private static async Task CountAsync(INatsSub<ReplyLength> replies, SemaphoreSlim room, int count)
    {
        while (count > 0 && await replies.Msgs.WaitToReadAsync().ConfigureAwait(false))
        {
            var read = 0;
            while (replies.Msgs.TryRead(out var reply))
            {
                if (reply.Data.Bytes == 0)
                    throw new InvalidOperationException("Nobody stores the events.");

                read++;
            }

            count -= read;
            _ = room.Release(read);
        }
    }

    /// <summary>A reply, of which only the length is read.</summary>
    private readonly record struct ReplyLength(long Bytes)
    {
        public static INatsDeserialize<ReplyLength> Deserializer { get; } = new Reader();

        private sealed class Reader : INatsDeserialize<ReplyLength>
        {
            public ReplyLength Deserialize(in ReadOnlySequence<byte> buffer) => new(buffer.Length);
        }
    }
}
