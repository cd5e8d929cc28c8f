using System.Buffers;
using System.Threading.Channels;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// A consumer's messages, read where the connection has them: of the headers, only those are looked at that an event needs, and a dictionary
/// is made for the server's statuses alone. It has room for all that its reader asks for (docs/decisions/0020).
/// </summary>
internal sealed class JobEventSubscription(INatsConnection connection, string inbox, INatsDeserialize<JobEventPayload> deserializer)
    : NatsSubBase(connection, connection.SubscriptionManager, inbox, queueGroup: null, opts: null), INatsSub<JobEventPayload>
{
    private readonly Channel<NatsMsg<JobEventPayload>> _messages =
        Channel.CreateUnbounded<NatsMsg<JobEventPayload>>(new UnboundedChannelOptions { SingleWriter = true });

    /// <summary>What has come and was not read.</summary>
    public ChannelReader<NatsMsg<JobEventPayload>> Msgs => _messages.Reader;

    protected override ValueTask ReceiveInternalAsync(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
    {
        _ = _messages.Writer.TryWrite(subject == Subject
            ? Status(subject, replyTo, headersBuffer, payloadBuffer)
            : Event(subject, replyTo, headersBuffer, payloadBuffer));
        return ValueTask.CompletedTask;
    }

    protected override void TryComplete() => _messages.Writer.TryComplete();

    private NatsMsg<JobEventPayload> Event(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, in ReadOnlySequence<byte> payloadBuffer)
    {
        var payload = deserializer.Deserialize(payloadBuffer);
        if (payload.Event is { } jobEvent && headersBuffer is { } headers)
            EventHeaders.Read(headers.IsSingleSegment ? headers.FirstSpan : headers.ToArray(), jobEvent);

        return new NatsMsg<JobEventPayload>(subject, replyTo, size: 0, headers: null, payload, connection: null, NatsMsgFlags.None);
    }

    private NatsMsg<JobEventPayload> Status(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, in ReadOnlySequence<byte> payloadBuffer) =>
        NatsMsg<JobEventPayload>.Build(subject, replyTo, headersBuffer, payloadBuffer, Connection, Connection.HeaderParser, deserializer);
}
