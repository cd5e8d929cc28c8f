using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Reads one job's messages by batched direct get (ADR-31): one request, no consumer. The batch is never larger than what the
/// subject counts say is there, since the server would scan on to the stream's end.
/// </summary>
internal sealed class DirectReader(Consumers consumers, SubjectReader byConsumer, string prefix)
{
    private const int LargestBatch = 1_000;

    /// <summary>How many messages the stream holds of a subject that means few, such as one job's.</summary>
    public async ValueTask<long> CountAsync(string subject, CancellationToken cancellationToken)
    {
        var reply = await consumers.Api.RequestAsync(
            $"STREAM.INFO.{consumers.Stream}", new JsonObject { ["subjects_filter"] = subject }, cancellationToken).ConfigureAwait(false);
        return reply["state"]?["subjects"] is JsonObject counts ? counts.Sum(count => (long?)count.Value ?? 0) : 0;
    }

    /// <summary>Reads them in order.</summary>
    public async IAsyncEnumerable<StoredMessage> ReadAsync(
        string subject, long hint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = await CountAsync(subject, cancellationToken).ConfigureAwait(false);
        ulong next = 1;
        while (left > 0)
        {
            var messages = await GetAsync(subject, next, (int)Math.Min(Math.Min(left, hint), LargestBatch), cancellationToken)
                .ConfigureAwait(false);
            foreach (var message in messages)
                yield return message;

            if (messages.Count == 0)
                break;

            left -= messages.Count;
            next = messages[^1].Sequence + 1;
        }

        if (left == 0)
            yield break;

        // Fewer than counted: the limits have removed some, or a replica answered that lags behind the leader. A consumer knows.
        await foreach (var message in byConsumer.ReadAsync([subject], next, hint, cancellationToken).ConfigureAwait(false))
            yield return message;
    }

    private async ValueTask<List<StoredMessage>> GetAsync(
        string subject, ulong firstSequence, int batch, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["seq"] = firstSequence, ["next_by_subj"] = subject, ["batch"] = batch };
        var get = JetStreamApi.SubjectOf($"DIRECT.GET.{consumers.Stream}");
        var messages = new List<StoredMessage>(batch);
        using var deadline = new Deadline(consumers.Api.Timeout, consumers.Api.TimeProvider, cancellationToken);
        try
        {
            var replies = await consumers.Api.Connection.CreateRequestSubAsync<byte[], JobEventPayload>(
                get,
                Encoding.UTF8.GetBytes(request.ToJsonString()),
                requestSerializer: NatsRawSerializer<byte[]>.Default,
                replySerializer: JobEventPayload.Deserializer,

                // A stored message may be empty: only a status ends the batch.
                replyOpts: new NatsSubOpts
                {
                    StopOnEmptyMsg = false,
                    ThrowIfNoResponders = false,
                    ChannelOpts = new NatsSubChannelOpts { Capacity = batch + 1 },
                },
                cancellationToken: deadline.Token).ConfigureAwait(false);
            await using var subscription = replies.ConfigureAwait(false);
            await foreach (var reply in replies.Msgs.ReadAllAsync(deadline.Token).ConfigureAwait(false))
            {
                if (reply.HasNoResponders)
                    throw new NoAnswerException(get, nobodyListens: true);

                if (reply.Headers is not { Code: 0 } headers)
                    return messages;

                messages.Add(Read(headers, reply.Data));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoAnswerException(get, nobodyListens: false);
        }

        return messages;
    }

    private StoredMessage Read(NatsHeaders headers, in JobEventPayload payload)
    {
        _ = headers.TryGetLastValue("Nats-Subject", out var subject);
        _ = headers.TryGetLastValue("Nats-Sequence", out var sequence);
        return StoredMessage.Read(
            ulong.Parse(sequence ?? "0", CultureInfo.InvariantCulture), subject ?? "", headers, payload, prefix);
    }
}
