using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream;

/// <summary>
/// Reads one job's messages by direct gets (ADR-31), all at once, one for each of the subjects that hold any: the server finds a
/// literal subject by its index, where for a wildcard it looks through the stream's blocks.
/// </summary>
internal sealed class JobReader(JetStreamSession session, string prefix)
{
    private const int MostGets = 256;
    private const int MostMessages = 1_000;

    /// <summary>
    /// Reads them in order; nothing when they are too many, or fewer came than were counted: the limits have removed some, or a
    /// replica answered that lags behind the leader. A consumer knows.
    /// </summary>
    public async ValueTask<List<StoredMessage>?> TryReadAsync(SubjectRead read, CancellationToken cancellationToken)
    {
        var counts = await new SubjectCounts(session.Api, session.Consumers.Stream).OfAsync(read.Subjects, cancellationToken).ConfigureAwait(false);
        var total = counts.Values.Sum();
        return total switch
        {
            0 => [],
            <= MostMessages when counts.Count <= MostGets => await GetAsync(read, counts, (int)total, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    private async ValueTask<List<StoredMessage>?> GetAsync(
        SubjectRead read, Dictionary<string, long> counts, int total, CancellationToken cancellationToken)
    {
        var get = JetStreamApi.SubjectOf($"DIRECT.GET.{session.Consumers.Stream}");
        using var deadline = new Deadline(session.Api.Timeout, session.Api.TimeProvider, cancellationToken);
        try
        {
            // A base inbox: under the connection's own inbox prefix, replies are taken for those of requests.
            var inbox = new NatsJSContext(session.Connection).NewBaseInbox();
            var replies = await session.Connection.SubscribeCoreAsync(
                $"{inbox}.*",
                serializer: read.Deserializer,
                opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = total + counts.Count + 1 } },
                cancellationToken: deadline.Token).ConfigureAwait(false);
            await using var subscription = replies.ConfigureAwait(false);
            var single = $"{inbox}.1";
            foreach (var (subject, count) in counts)
                await AskAsync(get, subject, count, count == 1 ? single : $"{inbox}.n", deadline.Token).ConfigureAwait(false);

            var messages = new List<StoredMessage>(total);
            for (var open = counts.Count; open > 0;)
            {
                var reply = await replies.Msgs.ReadAsync(deadline.Token).ConfigureAwait(false);
                if (reply.HasNoResponders)
                    throw new NoAnswerException(get, nobodyListens: true);

                if (reply.Headers is not { Code: 0 } headers)
                {
                    // The end of many, or one that is not there.
                    open--;
                    continue;
                }

                if (reply.Subject == single)
                    open--;

                total--;
                if (!reply.Data.IsUnwanted)
                    messages.Add(Read(headers, reply.Data));
            }

            if (total != 0)
                return null;

            messages.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
            return messages;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoAnswerException(get, nobodyListens: false);
        }
    }

    private ValueTask AskAsync(string get, string subject, long count, string replyTo, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["seq"] = 1, ["next_by_subj"] = subject };
        if (count > 1)
            request["batch"] = count;

        return session.Connection.PublishAsync(
            get,
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            replyTo: replyTo,
            serializer: NatsRawSerializer<byte[]>.Default,
            cancellationToken: cancellationToken);
    }

    private StoredMessage Read(NatsHeaders headers, in JobEventPayload payload)
    {
        _ = headers.TryGetLastValue("Nats-Subject", out var subject);
        _ = headers.TryGetLastValue("Nats-Sequence", out var sequence);
        return StoredMessage.Read(
            ulong.Parse(sequence ?? "0", CultureInfo.InvariantCulture), subject ?? "", headers, payload, prefix);
    }
}
