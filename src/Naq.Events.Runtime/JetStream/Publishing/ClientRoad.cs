using System.Text;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Through NATS.Net's own publish, for connections whose bytes are not ours to write: those that were put under TLS.</summary>
internal sealed class ClientRoad(
    NatsConnection connection, string inbox, MessageTtls? ttls, AnswerRead onAnswer, Action onPause) : IPublishRoad
{
    private readonly NatsHeaders _headers = [];

    public bool TakesBatches => false;

    public ValueTask ListenAsync(CancellationToken cancellationToken) =>
        connection.AddSubAsync(new AckSubscription(connection, inbox, onAnswer, onPause), cancellationToken);

    public ValueTask SendAsync(in SentEvent sent, bool withId, BatchPart? part)
    {
        var bufferedEvent = sent.Event;

        // The headers are written out before the call returns, or the call is awaited: one object serves all events.
        _headers.Clear();
        if (withId)
            _headers[StoredMessage.MessageIdHeader] = bufferedEvent.Id.ToString("D");

        if (bufferedEvent.TraceParent is { } traceParent)
            _headers[StoredMessage.TraceParentHeader] = traceParent;

        if (ttls?.SecondsOf(bufferedEvent.Subject.Span) is { } seconds)
            _headers[MessageTtls.Header] = seconds;

        return connection.PublishAsync(
            Encoding.ASCII.GetString(bufferedEvent.Subject.Span),
            bufferedEvent.Payload,
            _headers.Count > 0 ? _headers : null,
            $"{inbox}.{sent.Group}",
            NatsRawSerializer<ReadOnlyMemory<byte>>.Default);
    }

    public ValueTask FlushAsync() => ValueTask.CompletedTask;
}
