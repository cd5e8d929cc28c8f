using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Logging;
using Naq.Events.Storage;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Follows the stream from a sequence on. Whatever breaks, it starts a new consumer at the first message it has not seen, so
/// history joins live, and one connection the next, with no gap and no repetition.
/// </summary>
internal sealed class LiveReader(Consumers consumers, Retry retry, string prefix, ILogger logger)
{
    private static readonly TimeSpan WaitWithoutProgress = TimeSpan.FromSeconds(1);

    /// <summary>Reads without end.</summary>
    /// <exception cref="ArgumentException">The cursor is of another stream.</exception>
    public async IAsyncEnumerable<LiveStep> ReadAsync(LiveRead read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = read.Options;
        var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
        var (streamId, watch) = (state.Id, new LossWatch(consumers));

        // "New" and a time are made a sequence once: a consumer that is started again must not skip what came in between.
        var next = await LiveStart.FirstAsync(consumers, options.Start, state, cancellationToken).ConfigureAwait(false);
        var start = await StartAsync(read, next, cancellationToken).ConfigureAwait(false);
        var (pending, isBehind, progress) = (start.Pending, true, true);
        read.OnStarted();
        using var idle = new IdleWatch(consumers);
        try
        {
            var lost = LossWatch.LostOf(next, ulong.MaxValue, state.First);
            while (true)
            {
                if (lost is { } range)
                {
                    next = Math.Max(next, range.To + 1);
                    yield return Lost(range);
                    lost = null;
                }

                var isDrained = start.Reader.Buffered == 0;
                if (watch.HasOpenGaps && isDrained && (pending == 0 || watch.IsDue))
                {
                    // Nothing more may come for long, so gaps are asked about now.
                    foreach (var gap in await watch.AskAsync(cancellationToken).ConfigureAwait(false))
                        yield return Lost(gap);
                }

                if (isBehind && pending == 0 && isDrained)
                {
                    isBehind = false;
                    yield return new LiveStep(LiveStepKind.CaughtUp, At(next - 1));
                }
                else if (!isBehind && Math.Max(pending, start.Reader.Buffered) is var waiting && waiting >= options.FallsBehindAt)
                {
                    isBehind = true;
                    yield return new LiveStep(LiveStepKind.FellBehind, At(next - 1)) { Pending = waiting };
                }

                NatsMsg<JobEventPayload> message;
                var keptPace = pending == 0 && !start.Reader.MayHaveWaited;
                using var soon = watch.HasOpenGaps && isDrained ? watch.NextAsk(cancellationToken) : null;
                try
                {
                    idle.Set(keptPace ? next : 0);
                    message = await start.Reader.ReadAsync(soon?.Token ?? cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (soon is not null && !cancellationToken.IsCancellationRequested)
                {
                    continue;
                }
                catch (PullBrokenException broken)
                {
                    JetStreamLog.ReadingInterrupted(logger, consumers.Stream, next, broken.Message);
                    (start, var first) = await RestartAsync(start, read, next, streamId, progress, cancellationToken).ConfigureAwait(false);
                    (pending, progress) = (start.Pending, false);
                    lost = LossWatch.LostOf(Math.Max(next, idle.SeenUpTo + 1), ulong.MaxValue, first);
                    continue;
                }

                if (!AckReply.TryParse(message.ReplyTo, out var reply))
                    continue;

                if (reply.ConsumerSequence != ++start.Received)
                {
                    JetStreamLog.ReadingInterrupted(logger, consumers.Stream, next, "messages were lost on the way");
                    (start, var first) = await RestartAsync(start, read, next, streamId, progress, cancellationToken).ConfigureAwait(false);
                    pending = start.Pending;
                    lost = LossWatch.LostOf(Math.Max(next, idle.SeenUpTo + 1), ulong.MaxValue, first);
                    continue;
                }

                progress = true;
                pending = reply.Pending;

                // A server before 2.11 takes a start beyond its last message for "new".
                if (reply.StreamSequence < next)
                    continue;

                // Who kept pace, and has nothing waiting now, had all that was stored before: what is left out was not meant.
                var unknown = Math.Max(next, idle.SeenUpTo + 1);
                if (reply.StreamSequence > unknown && !(keptPace && pending == 0))
                {
                    foreach (var gap in await watch.AskAsync(unknown, reply.StreamSequence, cancellationToken).ConfigureAwait(false))
                        yield return Lost(gap);
                }

                next = reply.StreamSequence + 1;
                if (message.Data.IsUnwanted)
                    continue;

                yield return new LiveStep(LiveStepKind.Message, At(reply.StreamSequence))
                {
                    Message = StoredMessage.Read(reply.StreamSequence, message.Subject, message.Headers, message.Data, prefix),
                    Pending = Math.Max(pending, start.Reader.Buffered),
                };
            }
        }
        finally
        {
            await EndAsync(start).ConfigureAwait(false);
        }

        JobEventCursor At(ulong sequence) => new(sequence, streamId);

        // A gap may be told after later messages: who goes on from there must not have these again.
        LiveStep Lost(SequenceRange range) => new(LiveStepKind.Lost, At(Math.Max(range.To, next - 1))) { Lost = range };
    }

    private async ValueTask<Start> StartAsync(LiveRead read, ulong next, CancellationToken cancellationToken)
    {
        var (name, pending) = await consumers.CreateAsync(read.Subjects, ReadStart.At(next), cancellationToken).ConfigureAwait(false);
        var reader = await PullReaders.OpenForEventsAsync(
            consumers, name, new PullOptions(read.Options.Capacity), read.Deserializer, cancellationToken).ConfigureAwait(false);
        return new Start(name, reader, pending);
    }

    /// <summary>Starts again, and says where the stream begins now.</summary>
    private async ValueTask<(Start Start, ulong First)> RestartAsync(
        Start broken, LiveRead read, ulong next, string streamId, bool atOnce, CancellationToken cancellationToken)
    {
        await EndAsync(broken).ConfigureAwait(false);
        if (!atOnce)
            await Task.Delay(WaitWithoutProgress, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);

        return await retry.ExecuteAsync(
            async token =>
            {
                var state = await consumers.StateAsync(token).ConfigureAwait(false);
                if (state.Id != streamId || state.Last + 1 < next)
                {
                    throw new JobEventStoreException(
                        $"The stream '{consumers.Stream}' was removed and created again, or its server restored from a copy: it ends at sequence "
                        + $"{state.Last}, and {next} was to be read next. Start the read again.");
                }

                return (await StartAsync(read, next, token).ConfigureAwait(false), state.First);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(Start start)
    {
        await start.Reader.DisposeAsync().ConfigureAwait(false);
        if (consumers.Api.Connection.ConnectionState == NatsConnectionState.Open)
            await consumers.RemoveAsync(start.Consumer).ConfigureAwait(false);
    }

    private sealed record Start(string Consumer, PullReader<JobEventPayload> Reader, long Pending)
    {
        /// <summary>Messages received; the consumer numbers them from 1.</summary>
        public ulong Received { get; set; }
    }
}
