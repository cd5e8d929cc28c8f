using System.Buffers;
using System.Globalization;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// The one subscription for all answers to a publisher: <c>{inbox}.{slot}</c>. Answers are taken where the connection reads them,
/// with no queue between, which could overflow.
/// </summary>
internal sealed class AckSubscription(INatsConnection connection, string inbox, AnswerRead onAnswer, Action onPause)
    : NatsSubBase(connection, connection.SubscriptionManager, $"{inbox}.*", queueGroup: null, opts: null)
{
    protected override ValueTask ReceiveInternalAsync(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
    {
        if (int.TryParse(subject.AsSpan(inbox.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
        {
            onAnswer(slot, payloadBuffer.IsSingleSegment ? payloadBuffer.FirstSpan : payloadBuffer.ToArray());
            onPause();
        }

        return ValueTask.CompletedTask;
    }

    protected override void TryComplete()
    {
        // There is no queue to complete.
    }
}
