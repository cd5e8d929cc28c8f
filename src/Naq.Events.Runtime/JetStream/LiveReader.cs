using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Polly;

namespace Naq.Events.JetStream;

/// <summary>
/// Follows the stream from a sequence on. Whatever breaks, it starts a new consumer at the first message it has not seen, so
/// history joins live, and one connection the next, with no gap and no repetition.
/// </summary>
internal sealed class LiveReader(Consumers consumers, ResiliencePipeline retry, string prefix, ILogger logger)
{
    private const int Ahead = 1_000;

    private static readonly TimeSpan WaitWithoutProgress = TimeSpan.FromSeconds(1);

    /// <summary>Reads without end.</summary>
    /// <param name="subjects">Which messages.</param>
    /// <param name="firstSequence">Where to begin; 0 for what is stored from now on.</param>
    /// <param name="onStarted">Called once, when nothing that is stored from now on can be missed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async IAsyncEnumerable<StoredMessage> ReadAsync(
        IReadOnlyCollection<string> subjects,
        ulong firstSequence,
        Action onStarted,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // "New" is made a sequence once: a consumer that is started again must not skip what came in between.
        var next = firstSequence > 0
            ? firstSequence
            : (await consumers.StateAsync(cancellationToken).ConfigureAwait(false)).Last + 1;
        var start = await StartAsync(subjects, next, cancellationToken).ConfigureAwait(false);
        onStarted();
        try
        {
            var progress = true;
            while (true)
            {
                NatsMsg<JobEventPayload> message;
                try
                {
                    message = await start.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (PullBrokenException broken)
                {
                    JetStreamLog.ReadingInterrupted(logger, consumers.Stream, next, broken.Message);
                    start = await RestartAsync(start, subjects, next, progress, cancellationToken).ConfigureAwait(false);
                    progress = false;
                    continue;
                }

                if (!AckReply.TryParse(message.ReplyTo, out var reply))
                    continue;

                if (reply.ConsumerSequence != ++start.Received)
                {
                    JetStreamLog.ReadingInterrupted(logger, consumers.Stream, next, "messages were lost on the way");
                    start = await RestartAsync(start, subjects, next, progress, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                progress = true;

                // A server before 2.11 takes a start beyond its last message for "new".
                if (reply.StreamSequence < next)
                    continue;

                next = reply.StreamSequence + 1;
                yield return StoredMessage.Read(reply.StreamSequence, message.Subject, message.Headers, message.Data, prefix);
            }
        }
        finally
        {
            await EndAsync(start).ConfigureAwait(false);
        }
    }

    private async ValueTask<Start> StartAsync(
        IReadOnlyCollection<string> subjects, ulong next, CancellationToken cancellationToken)
    {
        var (name, _) = await consumers.CreateAsync(subjects, ReadStart.At(next), cancellationToken).ConfigureAwait(false);
        var reader = await PullReader.OpenAsync(consumers.Api, consumers.Stream, name, Ahead, long.MaxValue, cancellationToken)
            .ConfigureAwait(false);
        return new Start(name, reader);
    }

    private async ValueTask<Start> RestartAsync(
        Start broken, IReadOnlyCollection<string> subjects, ulong next, bool atOnce, CancellationToken cancellationToken)
    {
        await EndAsync(broken).ConfigureAwait(false);
        if (!atOnce)
            await Task.Delay(WaitWithoutProgress, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);

        return await retry.ExecuteAsync(
            async token =>
            {
                var last = (await consumers.StateAsync(token).ConfigureAwait(false)).Last;
                if (last + 1 < next)
                {
                    throw new JobEventStoreException(
                        $"The stream '{consumers.Stream}' was removed and created again, or its server restored from a copy: it ends at sequence "
                        + $"{last}, and {next} was to be read next. Start the read again.");
                }

                return await StartAsync(subjects, next, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(Start start)
    {
        await start.Reader.DisposeAsync().ConfigureAwait(false);
        if (consumers.Api.Connection.ConnectionState == NatsConnectionState.Open)
            await consumers.RemoveAsync(start.Consumer).ConfigureAwait(false);
    }

    private sealed record Start(string Consumer, PullReader Reader)
    {
        /// <summary>Messages received; the consumer numbers them from 1.</summary>
        public ulong Received { get; set; }
    }
}
