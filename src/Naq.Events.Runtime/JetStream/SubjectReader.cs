using System.Runtime.CompilerServices;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Reads what the stream holds of some subjects now, in order, and stops exactly there: a fetch that asks for more than there is
/// makes the server scan on to the stream's end.
/// </summary>
internal sealed class SubjectReader(Consumers consumers, string prefix)
{
    private const int LargestFetch = 4_000;
    private const int MostStartsWithoutProgress = 3;

    /// <summary>Reads through a consumer, removed at the end.</summary>
    public async IAsyncEnumerable<StoredMessage> ReadAsync(
        SubjectRead read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = read.Start;
        long? left = null;
        var startsWithoutProgress = 0;
        while (left is not 0)
        {
            var (name, pending) = await consumers.CreateAsync(read.Subjects, start, cancellationToken).ConfigureAwait(false);
            left = Math.Min(left ?? long.MaxValue, Math.Min(pending, read.Most));
            PullReader<JobEventPayload>? reader = null;
            try
            {
                if (left > 0)
                {
                    var options = new PullOptions((int)Math.Min(Math.Min(left.Value, read.Hint), LargestFetch), left.Value);
                    reader = await PullReaders.OpenForEventsAsync(consumers, name, options, read.Deserializer, cancellationToken).ConfigureAwait(false);
                }

                for (var received = 0UL; left > 0;)
                {
                    NatsMsg<JobEventPayload> message;
                    try
                    {
                        message = await reader!.ReadAsync(cancellationToken).ConfigureAwait(false);
                    }
                    catch (PullBrokenException) when (++startsWithoutProgress < MostStartsWithoutProgress)
                    {
                        break;
                    }

                    if (!AckReply.TryParse(message.ReplyTo, out var reply))
                        continue;

                    if (reply.ConsumerSequence != ++received)
                    {
                        // Over a connection that broke and is there again: what was on its way is read anew.
                        if (++startsWithoutProgress < MostStartsWithoutProgress)
                            break;

                        throw new PullBrokenException("messages were lost on the way");
                    }

                    startsWithoutProgress = 0;
                    left = Math.Min(left.Value - 1, reply.Pending);
                    start = ReadStart.At(reply.StreamSequence + 1);
                    if (reply.StreamSequence > read.LastSequence)
                        yield break;

                    if (message.Data.IsUnwanted)
                        continue;

                    yield return StoredMessage.Read(reply.StreamSequence, message.Subject, message.Headers, message.Data, prefix);
                }
            }
            finally
            {
                if (reader is not null)
                    await reader.DisposeAsync().ConfigureAwait(false);

                await consumers.RemoveAsync(name).ConfigureAwait(false);
            }
        }
    }
}
