using System.Buffers;
using System.Threading.Channels;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// A consumer's messages, read where the connection has them: of the headers, only those are looked at that an event needs, and a dictionary
/// is made for the server's statuses alone. It has room for all that its reader asks for (docs/decisions/0020).
/// </summary>
/// <remarks>
/// NATS.Net subscribes again when it has connected again, and the server goes on with a request for messages whose inbox is there. What it had sent in between is lost, so that
/// what comes then is not what follows: a message without headers on the inbox stands before it, see <see cref="PullReader{TPayload}"/>.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="inbox">Where they come.</param>
/// <param name="deserializer">Reads payloads.</param>
/// <param name="keepsHeaders">Whether messages have their headers, as those of dead letters, which say more than an event does.</param>
internal sealed class JobEventSubscription(INatsConnection connection, string inbox, INatsDeserialize<JobEventPayload> deserializer, bool keepsHeaders)
    : NatsSubBase(connection, connection.SubscriptionManager, inbox, queueGroup: null, opts: null), INatsSub<JobEventPayload>
{
    private readonly Channel<NatsMsg<JobEventPayload>> _messages =
        Channel.CreateUnbounded<NatsMsg<JobEventPayload>>(new UnboundedChannelOptions { SingleWriter = true });

    private INatsServerInfo? _server = connection.ServerInfo;

    /// <summary>What has come and was not read.</summary>
    public ChannelReader<NatsMsg<JobEventPayload>> Msgs => _messages.Reader;

    protected override ValueTask ReceiveInternalAsync(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
    {
        if (!ReferenceEquals(_server, Connection.ServerInfo) && IsConnectedAnew())
            _ = _messages.Writer.TryWrite(new NatsMsg<JobEventPayload>(Subject, replyTo: null, size: 0, headers: null, default, connection: null, NatsMsgFlags.None));

        _ = _messages.Writer.TryWrite(keepsHeaders || subject == Subject
            ? Whole(subject, replyTo, headersBuffer, payloadBuffer)
            : Event(subject, replyTo, headersBuffer, payloadBuffer));
        return ValueTask.CompletedTask;
    }

    protected override void TryComplete() => _messages.Writer.TryComplete();

    /// <summary>A server says who it is when one connects, and also later, when its cluster changes.</summary>
    private bool IsConnectedAnew()
    {
        var before = _server;
        _server = Connection.ServerInfo;
        return (before?.Id, before?.ClientId) != (_server?.Id, _server?.ClientId);
    }

    private NatsMsg<JobEventPayload> Event(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, in ReadOnlySequence<byte> payloadBuffer)
    {
        var payload = deserializer.Deserialize(payloadBuffer);
        if (payload.Event is { } jobEvent && headersBuffer is { } headers)
            EventHeaders.Read(headers.IsSingleSegment ? headers.FirstSpan : headers.ToArray(), jobEvent);

        return new NatsMsg<JobEventPayload>(subject, replyTo, size: 0, headers: null, payload, connection: null, NatsMsgFlags.None);
    }

    private NatsMsg<JobEventPayload> Whole(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, in ReadOnlySequence<byte> payloadBuffer) =>
        NatsMsg<JobEventPayload>.Build(subject, replyTo, headersBuffer, payloadBuffer, Connection, Connection.HeaderParser, deserializer);
}
