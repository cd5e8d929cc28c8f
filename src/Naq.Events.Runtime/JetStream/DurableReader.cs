using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Logging;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>Delivers a durable consumer's messages until it is cancelled, over reconnects and a consumer that was removed.</summary>
internal sealed class DurableReader(
    Consumers consumers,
    DurableConsumer consumer,
    DeliveryRequest request,
    Retry retry,
    string prefix,
    JetStreamDeadLetters deadLetters,
    DeliveryNotes notes,
    ILogger logger)
{
    // What is delivered ahead of the processor is kept from others, and, when its process dies, from everybody for the acknowledgement wait.
    private const int MostAhead = 100;

    private static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GiveBackTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WaitWithoutProgress = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelivering = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan DeliveringInterval = TimeSpan.FromMilliseconds(2);

    private readonly bool _isReplay = consumers.Stream == deadLetters.Replay;
    private readonly LostDeliveries _lost = new(consumers, request.Place, request.TakesOver, notes.GivenBack, logger);
    private readonly RecentSequences _delivered = new();
    private readonly ExclusiveTimes _times = new(request.AckWait);
    private readonly DeliverySession _session = new(consumers.Api.Connection, consumers.Stream, request.Name, deadLetters, notes.LastTries);
    private volatile PullReader<JobEventPayload>? _reader;

    public async IAsyncEnumerable<JobEventDelivery> ReadAsync(
        Action onStarted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await consumer.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (request.TakesOver)
            await _lost.TakeOverAsync(_times.Request, request.AckWait, cancellationToken).ConfigureAwait(false);

        var reader = _reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        onStarted();
        using var beside = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var untilThen = Task.WhenAll(NoteProgressAsync(beside.Token), KeepUnreadAsync(beside.Token));
        ulong last = 0;
        string? unseen = null;
        try
        {
            var progress = true;
            var (previous, watch, keptPace) = (default(AckReply), new LossWatch(consumers), true);
            while (!cancellationToken.IsCancellationRequested)
            {
                NatsMsg<JobEventPayload> message;
                try
                {
                    message = await _lost.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    break;
                }
                catch (PullBrokenException broken)
                {
                    JetStreamLog.ReadingInterrupted(logger, $"{consumers.Stream} for {consumer.Name}", last + 1, broken.Message);
                    if (await ReopenAsync(reader, atOnce: progress, cancellationToken).ConfigureAwait(false) is not { } reopened)
                        break;

                    reader = _reader = reopened;
                    progress = false;
                    continue;
                }

                if (!AckReply.TryParse(message.ReplyTo, out var reply))
                    continue;

                progress = true;
                _lost.Note(message.ReplyTo!, reply);
                (last, unseen) = (reply.StreamSequence, message.ReplyTo);
                if (FollowsWithGap(previous, reply) && !(keptPace && reply.Pending == 0))
                {
                    foreach (var lost in await watch.AskAsync(previous.StreamSequence + 1, last, cancellationToken).ConfigureAwait(false))
                        consumer.TellLost(lost);
                }

                (previous, keptPace) = (reply, reply.Pending == 0 && !reader.MayHaveWaited);
                if (request.Share is { } share && !share.Has(JobEventSubjects.JobTokenOf(message.Subject)))
                {
                    // Another consumer has it for the share that it belongs to.
                    await JetStreamDelivery.PassOverAsync(consumers.Api.Connection, message.ReplyTo!, cancellationToken).ConfigureAwait(false);
                    unseen = null;
                    continue;
                }

                var untried = reply.Delivery > 1 ? await notes.GivenBack.CountAsync(last, cancellationToken).ConfigureAwait(false) : 0;
                var wait = _isReplay ? DeadLetterHeader.ReadWait(message.Headers) : null;
                var delivery = Delivery(message, reply, untried, wait?.Tried);
                unseen = null;
                if (wait is { } waits && reply.Delivery == 1)
                {
                    await delivery.RetryAsync(waits.Delay, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                if (_isReplay && JetStreamDeadLetters.IsRelease(message.Subject))
                {
                    if (await OpenParkedAsync(message.Subject, last, delivery, cancellationToken).ConfigureAwait(false) is { } parked)
                        yield return parked;

                    continue;
                }

                if (last >= consumer.FirstSequence)
                    yield return delivery;
                else
                    await delivery.AcknowledgeAsync(cancellationToken).ConfigureAwait(false); // See LiveReader: a start in the future.
            }
        }
        finally
        {
            await beside.CancelAsync().ConfigureAwait(false);
            await untilThen.ConfigureAwait(false);

            // A stop may come while something is asked about a message that the processor has not seen yet.
            if (unseen is not null)
                _session.Left.Add(new LeftDelivery(last, unseen, IsTried: false));

            await GiveBackAsync(reader, isStopped: true).ConfigureAwait(false);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether no other processor of the name had anything in between, and yet something is left out.</summary>
    private static bool FollowsWithGap(AckReply previous, AckReply reply) =>
        previous.ConsumerSequence > 0
        && reply.ConsumerSequence == previous.ConsumerSequence + 1
        && reply.Delivery == 1
        && reply.StreamSequence > previous.StreamSequence + 1;

    private ValueTask<PullReader<JobEventPayload>> OpenAsync(CancellationToken cancellationToken)
    {
        var options = new PullOptions(Math.Clamp(request.MaxUnacknowledged, 1, MostAhead)) { MayAsk = request.MayAsk, ShowsUnread = true };
        if (request.TakesOver)
            options = options with { RequestTime = _times.Request };

        return PullReaders.OpenForEventsAsync(
            consumers, consumer.Name, options, JobEventPayload.Deserializer, cancellationToken, keepsHeaders: _isReplay);
    }

    /// <summary>Null when it was cancelled.</summary>
    private async ValueTask<PullReader<JobEventPayload>?> ReopenAsync(PullReader<JobEventPayload> broken, bool atOnce, CancellationToken cancellationToken)
    {
        try
        {
            await GiveBackAsync(broken, isStopped: false).ConfigureAwait(false);
            await broken.DisposeAsync().ConfigureAwait(false);
            if (!atOnce)
                await Task.Delay(WaitWithoutProgress, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);

            return await retry.ExecuteAsync(
                async token =>
                {
                    await consumer.EnsureAsync(token).ConfigureAwait(false);
                    await _lost.AskAgainAsync(token).ConfigureAwait(false);
                    return await OpenAsync(token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private JetStreamDelivery Delivery(in NatsMsg<JobEventPayload> message, AckReply reply, int untried, int? tried)
    {
        var (subject, sequence) = (message.Subject, reply.StreamSequence);
        var mayHaveKilled = reply.Delivery - 1 - untried - (tried is null ? 0 : 1) > 0 && !_delivered.Contains(sequence);
        _delivered.Add(sequence);
        var stored = _isReplay
            ? StoredMessage.ReadDeadLetter(sequence, subject, message.Headers, message.Data, prefix)
            : StoredMessage.Read(sequence, subject, message.Headers, message.Data, prefix);
        return new JetStreamDelivery(_session, subject, message.ReplyTo!, sequence)
        {
            Event = stored.Event,
            Problem = stored.Problem,
            Sequence = stored.Sequence,

            // The first delivery of one that waits was the wait.
            Delivery = tried is { } before ? reply.Delivery - 1 + before : reply.Delivery,
            IsReplay = _isReplay,
            ConfirmsWithin = request.ConfirmsAcknowledgements ? consumers.Api.Timeout : null,
            OnAcknowledged = _isReplay && stored.Event is { } replayed ? EndOfReplay(sequence, replayed.JobId) : null,
            Untried = Math.Min(untried, reply.Delivery - 1),
            MayHaveKilled = mayHaveKilled,
            Pending = _isReplay ? null : reply.Pending,
        };
    }

    // Apart, so that the other deliveries do not pay for what it captures.
    private Func<CancellationToken, ValueTask> EndOfReplay(ulong sequence, string jobId) =>
        token => deadLetters.EndReplayAsync(request.Name, sequence, jobId, token);

    private async ValueTask<JobEventDelivery?> OpenParkedAsync(
        string subject, ulong sequence, JetStreamDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await JetStreamParkedDelivery.OpenAsync(deadLetters, request.Name, sequence, subject, delivery, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            // It comes again after its wait.
            JetStreamLog.ClearingUpFailed(logger, exception, $"asking for what {request.Name} has parked");
            return null;
        }
    }

    private async ValueTask GiveBackAsync(PullReader<JobEventPayload> reader, bool isStopped)
    {
        using var deadline = new Deadline(GiveBackTimeout, consumers.Api.TimeProvider, CancellationToken.None);
        try
        {
            if (isStopped)
                await WhileDeliveringAsync(reader, deadline.Token).ConfigureAwait(false);

            var unread = await _lost.LeaveAsync().ConfigureAwait(false);
            unread.AddRange(await reader.StopAsync(deadline.Token).ConfigureAwait(false));
            foreach (var message in unread)
            {
                if (AckReply.TryParse(message.ReplyTo, out var reply))
                    _session.Left.Add(new LeftDelivery(reply.StreamSequence, message.ReplyTo!, IsTried: false));
            }

            var left = _session.Left.ToList();
            left.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
            _session.Left.Clear();
            if (left.Count == 0)
                return;

            await NoteAsync(left, deadline.Token).ConfigureAwait(false);

            // A request that nobody waits for any more would take the first that comes back, and put it behind all others: asked about a
            // consumer, the server looks for such requests and forgets them.
            _ = await consumers.FindAsync(consumer.Name, deadline.Token).ConfigureAwait(false);

            // The server delivers them again in the order in which they come back: what the processor had in hand is before what it had not read.
            foreach (var message in left.SkipLast(1))
                await JetStreamDelivery.GiveBackAsync(consumers.Api.Connection, message.ReplyTo, deadline.Token).ConfigureAwait(false);

            // The server takes outcomes and requests for messages from two queues: without an answer, who comes next may be ahead of these.
            await JetStreamDelivery.GiveBackAndWaitAsync(consumers.Api.Connection, left[^1].ReplyTo, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"giving events back to {consumer.Name}");
        }
    }

    /// <summary>
    /// Waits while the server sends what was asked for: what it finds nobody to send to any more it would put aside by itself, before what is given back.
    /// </summary>
    private async ValueTask WhileDeliveringAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken)
    {
        var since = consumers.Api.TimeProvider.GetTimestamp();
        while (reader.Owed > 0
            && await consumers.FindAsync(consumer.Name, cancellationToken).ConfigureAwait(false) is { } information
            && information.Number("num_waiting") > 0
            && information.Number("num_pending") > 0
            && consumers.Api.TimeProvider.GetElapsedTime(since) < LongestDelivering)
        {
            await Task.Delay(DeliveringInterval, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask NoteAsync(List<LeftDelivery> left, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in left)
            {
                if (message.LastTry is { } lastTry)
                    await notes.LastTries.TakeBackAsync(lastTry, cancellationToken).ConfigureAwait(false);
            }

            await notes.GivenBack.NoteAsync(left.Where(static message => !message.IsTried).Select(static message => message.Sequence), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"noting what is given back to {consumer.Name}; it counts as tried");
        }
    }

    private Task NoteProgressAsync(CancellationToken cancellationToken) =>
        EveryAsync(NoteInterval, consumer.NoteProgressAsync, $"asking how far {consumer.Name} has come", cancellationToken);

    /// <summary>What was delivered and waits for its turn behind slow handlers: the server would take it for lost, and deliver it again, out of its order.</summary>
    private Task KeepUnreadAsync(CancellationToken cancellationToken) => EveryAsync(
        DeliveryRequest.ExtendIntervalOf(request.AckWait),
        async token =>
        {
            foreach (var replyTo in _lost.Unread.Concat(_reader?.Unread ?? []))
                await JetStreamDelivery.KeepAsync(consumers.Api.Connection, replyTo, token).ConfigureAwait(false);
        },
        $"asking for time for what {consumer.Name} has not begun with",
        cancellationToken);

    private async Task EveryAsync(TimeSpan interval, Func<CancellationToken, ValueTask> act, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, consumers.Api.TimeProvider);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    await act(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    JetStreamLog.ClearingUpFailed(logger, exception, purpose);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The delivery has ended.
        }
    }
}
