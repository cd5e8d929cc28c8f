using System.Globalization;
using System.Text;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Through NATS.Net's own publish, for connections whose bytes are not ours to write: those that were put under TLS.</summary>
internal sealed class ClientRoad(
    NatsConnection connection, string inbox, MessageTtls? ttls, AnswerRead onAnswer, Action onPause) : IPublishRoad
{
    private readonly NatsHeaders _headers = [];

    // NATS.Net refers to subscriptions weakly, and ends one that nobody else refers to.
    private readonly AckSubscription _answers = new(connection, inbox, onAnswer, onPause);

    public ValueTask ListenAsync(CancellationToken cancellationToken) => connection.AddSubAsync(_answers, cancellationToken);

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

        if (part is { } place)
        {
            _headers["Nats-Batch-Id"] = place.BatchId.ToString("D");
            _headers["Nats-Batch-Sequence"] = place.Sequence.ToString(CultureInfo.InvariantCulture);
            if (place.Commits)
                _headers["Nats-Batch-Commit"] = "1";
        }

        return connection.PublishAsync(
            Encoding.ASCII.GetString(bufferedEvent.Subject.Span),
            bufferedEvent.Payload,
            _headers.Count > 0 ? _headers : null,
            part is null or { Commits: true } ? $"{inbox}.{sent.Group}" : null,
            NatsRawSerializer<ReadOnlyMemory<byte>>.Default);
    }

    public ValueTask FlushAsync() => ValueTask.CompletedTask;
}
