using System.Buffers;
using System.Runtime.CompilerServices;
using NATS.Client.Core;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Reads the entries of the bucket, as they are when it comes to them. An entry that is replaced meanwhile moves to the bucket's end, so that
/// it is read until nothing is left, and an entry may come twice: the later holds.
/// </summary>
/// <remarks>
/// That nothing waits in a consumer does not show that nothing is left: a server takes a message that is replaced out of that count at once, and
/// counts the one in its place a moment later. So the stream itself is asked, and what it has is read, a few times. What is written again and
/// again may be ahead of a scan all the while: a projector does so with jobs that have events meanwhile, and who needs those looks them up.
/// </remarks>
internal sealed class JobViewScan(Consumers consumers)
{
    private const int FetchedAhead = 4_000;
    private const int MostStartsWithoutProgress = 3;

    private const int MostPasses = 3;

    // What was waiting may have been removed, which nobody tells: a new consumer knows how much is left.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    /// <summary>Reads the messages of some subject.</summary>
    /// <param name="subject">Which.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="PullBrokenException">The connection breaks again and again.</exception>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async IAsyncEnumerable<(string Subject, ulong Revision, JobViewEntry? Entry)> ReadAsync(
        string subject, ReadStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var through = 0UL;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            await foreach (var read in ReadWaitingAsync(subject, start, cancellationToken).ConfigureAwait(false))
            {
                through = read.Revision;
                yield return read;
            }

            if (through == 0 || await NextAsync(subject, through, cancellationToken).ConfigureAwait(false) is not { } next)
                yield break;

            through = next.Sequence;
            start = ReadStart.At(through + 1);
            yield return (next.Subject, through, JobViewPayload.Of(new ReadOnlySequence<byte>(next.Data)).Entry);
        }
    }

    private ValueTask<RawMessage?> NextAsync(string subject, ulong after, CancellationToken cancellationToken) =>
        RawMessage.FindAsync(consumers.Api, consumers.Stream, after + 1, subject, cancellationToken);

    private async IAsyncEnumerable<(string Subject, ulong Revision, JobViewEntry? Entry)> ReadWaitingAsync(
        string subject, ReadStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var starts = 1; ;)
        {
            var (name, pending) = await consumers.CreateAsync([subject], start, cancellationToken).ConfigureAwait(false);
            PullReader<JobViewPayload>? reader = null;
            try
            {
                if (pending > 0)
                {
                    reader = await PullReaders.OpenAsync(
                        consumers, name, new PullOptions((int)Math.Min(pending, FetchedAhead)), JobViewPayload.Deserializer, cancellationToken).ConfigureAwait(false);
                }

                var isBroken = false;
                var received = 0UL;
                while (pending > 0 && !isBroken)
                {
                    NatsMsg<JobViewPayload> message = default;
                    using var deadline = new Deadline(LongestSilence, consumers.Api.TimeProvider, cancellationToken);
                    try
                    {
                        message = await reader!.ReadAsync(deadline.Token).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                    {
                        isBroken = true;
                    }
                    catch (PullBrokenException) when (++starts <= MostStartsWithoutProgress)
                    {
                        isBroken = true;
                    }

                    if (isBroken || !AckReply.TryParse(message.ReplyTo, out var reply))
                        continue;

                    // Over a connection that broke and is there again: what was on its way is read anew.
                    isBroken = reply.ConsumerSequence != ++received;
                    if (isBroken && ++starts > MostStartsWithoutProgress)
                        throw new PullBrokenException("messages were lost on the way");

                    if (isBroken)
                        continue;

                    (pending, starts, start) = (reply.Pending, 1, ReadStart.At(reply.StreamSequence + 1));
                    yield return (message.Subject, reply.StreamSequence, message.Data.Entry);
                }

                if (!isBroken)
                    yield break;
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
