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
                    yield return new LiveStep(LiveStepKind.Lost, At(range.To)) { Lost = range };
                    lost = null;
                }

                if (pending == 0 && start.Reader.Buffered == 0)
                {
                    // Nothing more may come for long, so a gap is asked about now.
                    if (watch.HasOpenGaps)
                    {
                        lost = await watch.AskAsync(cancellationToken).ConfigureAwait(false);
                        if (lost is not null)
                            continue;
                    }

                    if (isBehind)
                    {
                        isBehind = false;
                        yield return new LiveStep(LiveStepKind.CaughtUp, At(next - 1));
                    }
                }
                else if (!isBehind && Math.Max(pending, start.Reader.Buffered) is var waiting && waiting >= options.FallsBehindAt)
                {
                    isBehind = true;
                    yield return new LiveStep(LiveStepKind.FellBehind, At(next - 1)) { Pending = waiting };
                }

                NatsMsg<JobEventPayload> message;
                var keptPace = pending == 0 && !start.Reader.NoteWhetherFull();
                try
                {
                    idle.Set(keptPace ? next : 0);
                    message = await start.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
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

                // Who kept pace had all that was stored before, so that what is left out was not meant.
                if (reply.StreamSequence > next && !keptPace
                    && await watch.AskAsync(next, reply.StreamSequence, cancellationToken).ConfigureAwait(false) is { } gap)
                {
                    yield return new LiveStep(LiveStepKind.Lost, At(gap.To)) { Lost = gap };
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
    }

    private async ValueTask<Start> StartAsync(LiveRead read, ulong next, CancellationToken cancellationToken)
    {
        var (name, pending) = await consumers.CreateAsync(read.Subjects, ReadStart.At(next), cancellationToken).ConfigureAwait(false);
        var reader = await PullReaders.OpenAsync(
            consumers, name, read.Options.Capacity, long.MaxValue, read.Deserializer, cancellationToken).ConfigureAwait(false);
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
