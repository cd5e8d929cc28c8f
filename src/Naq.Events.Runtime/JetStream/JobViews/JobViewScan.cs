using System.Runtime.CompilerServices;
using NATS.Client.Core;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Reads the entries of the bucket, as they are when it comes to them. An entry that is replaced meanwhile moves to the bucket's end, so that
/// it is read until nothing is left, and an entry may come twice: the later holds.
/// </summary>
internal sealed class JobViewScan(Consumers consumers)
{
    private const int FetchedAhead = 4_000;
    private const int MostStartsWithoutProgress = 3;

    // What was waiting may have been removed, which nobody tells: a new consumer knows how much is left.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    /// <summary>Reads the messages of some subject.</summary>
    /// <param name="subject">Which.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async IAsyncEnumerable<(string Subject, ulong Revision, JobViewEntry? Entry)> ReadAsync(
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
                        consumers, name, (int)Math.Min(pending, FetchedAhead), long.MaxValue, JobViewPayload.Deserializer, cancellationToken).ConfigureAwait(false);
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
