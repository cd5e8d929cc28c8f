using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Naq.Events.Storage;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Reads a consumer's deliveries, and has those that a broken connection has lost come again at once, before anything new: the server would wait for
/// their acknowledgement first, and later events of their jobs would be handled meanwhile. A consumer counts its deliveries, so that a reader that has it
/// for itself knows how many it did not get. Where several processes share it nobody can tell what is lost from what another has in hand, and the server waits.
/// </summary>
/// <param name="consumers">The stream.</param>
/// <param name="consumer">The consumer.</param>
/// <param name="isExclusive">Whether no other process has the consumer, for certain: what does not come here was lost, or went to one that had it before.</param>
/// <param name="givenBack">Where it is noted what was not tried.</param>
/// <param name="logger">Where it is logged.</param>
internal sealed class LostDeliveries(Consumers consumers, string consumer, bool isExclusive, GivenBack givenBack, ILogger logger)
{
    // As many as may be under way, and what a filter leaves out between them.
    private const ulong MostSequences = 1_000;

    // What is not acknowledged may lie far apart.
    private const ulong MostToTakeOver = 100_000;

    // As many as were under way when it was noticed that something is missing.
    private const int MostHeldBack = 200;

    private const int MostGaps = 4;

    // So long ago a delivery to another process does not mean that there is one.
    private const ulong LongAgo = 1_000;

    private static readonly TimeSpan WaitBetweenAttempts = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<NatsMsg<JobEventPayload>> _gathered = new();
    private readonly SortedSet<ulong> _missing = [];
    private int _noted;
    private Task<NatsMsg<JobEventPayload>>? _read;
    private ulong _expected;
    private ulong _returned;
    private ulong _lastDelivery;
    private ulong _highest;
    private string? _subject;
    private ulong _sharedAt;
    private bool _isInterrupted;

    /// <summary>The reply subjects of what has come again and was not read yet, for any thread.</summary>
    public IEnumerable<string> Unread => _gathered.Select(static message => message.ReplyTo!);

    /// <summary>The next delivery.</summary>
    /// <exception cref="PullBrokenException">No more will come.</exception>
    public ValueTask<NatsMsg<JobEventPayload>> ReadAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken) =>
        isExclusive || _expected > 0 || !_gathered.IsEmpty || _read is not null
            ? ReadInOrderAsync(reader, cancellationToken)
            : reader.ReadAsync(cancellationToken);

    /// <summary>Takes note of a delivery that was read.</summary>
    /// <param name="subject">Its reply subject.</param>
    /// <param name="reply">What that says.</param>
    public void Note(string subject, AckReply reply)
    {
        if (_noted > 0)
        {
            _noted--;
            return;
        }

        if (_lastDelivery > 0 && reply.ConsumerSequence != _lastDelivery + 1 && !_isInterrupted)
            _sharedAt = reply.ConsumerSequence;

        _isInterrupted = false;
        (_lastDelivery, _subject) = (reply.ConsumerSequence, subject);
        _highest = Math.Max(_highest, reply.StreamSequence);
    }

    /// <summary>Has what is missing come again. To be called when the connection is there again, and nothing new has been asked for.</summary>
    public async ValueTask AskAgainAsync(CancellationToken cancellationToken)
    {
        _isInterrupted = true;
        if (!await TryAskAgainAsync(cancellationToken).ConfigureAwait(false))
            ExpectNone();
    }

    /// <summary>Has come first what a process that had the consumer before has left. To be called before anything is asked for.</summary>
    /// <param name="requestTime">How long a request of that process may last.</param>
    /// <param name="ackWait">After that time the server delivers by itself what it has heard nothing of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask TakeOverAsync(TimeSpan requestTime, TimeSpan ackWait, CancellationToken cancellationToken)
    {
        // A request of a process that is frozen, or was cut off, takes new ones until it ends.
        _ = await FindWithoutRequestsAsync(requestTime, cancellationToken).ConfigureAwait(false);
        if (await consumers.FindAsync(consumer, cancellationToken).ConfigureAwait(false) is not { } information
            || information.Number("num_ack_pending") is not (> 0 and var left))
        {
            return;
        }

        var delivered = information["delivered"]!.AsObject();
        var floor = information["ack_floor"]?.AsObject().Sequence("stream_seq") ?? 0;
        (_lastDelivery, _highest) = (delivered.Sequence("consumer_seq"), delivered.Sequence("stream_seq"));
        _subject = $"$JS.ACK.{consumers.Stream}.{consumer}.1.1.1.1.0";
        JetStreamLog.TakenOver(logger, consumer, left);
        if (_highest - floor > MostToTakeOver)
        {
            await Task.Delay(ackWait + LongestGap, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);
            return;
        }

        _missing.UnionWith(SequencesOf(new SequenceRange(floor + 1, _highest)));
        await AskForAsync(_missing, _lastDelivery, cancellationToken).ConfigureAwait(false);
        _expected = (ulong)left;
    }

    /// <summary>What has come and was not read, to be given back: it is missing again.</summary>
    public async ValueTask<List<NatsMsg<JobEventPayload>>> LeaveAsync()
    {
        List<NatsMsg<JobEventPayload>> left = [.. _gathered];
        foreach (var message in left)
        {
            if (AckReply.TryParse(message.ReplyTo, out var reply) && _missing.Add(reply.StreamSequence))
                _returned++;
        }

        _gathered.Clear();
        _noted = 0;
        if (_read is { IsCompletedSuccessfully: true })
            left.Add(await _read.ConfigureAwait(false));

        _read = null;
        return left;
    }

    private async ValueTask<NatsMsg<JobEventPayload>> ReadInOrderAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken)
    {
        if (_expected > 0)
            await GatherAsync(reader, cancellationToken).ConfigureAwait(false);

        if (_gathered.TryDequeue(out var gathered))
            return gathered;

        var read = _read ?? reader.ReadAsync(cancellationToken).AsTask();
        _read = null;
        var message = await read.ConfigureAwait(false);
        if (!AckReply.TryParse(message.ReplyTo, out var reply) || !await HasGapAsync(reply, cancellationToken).ConfigureAwait(false))
            return message;

        _read = Task.FromResult(message);
        return await ReadInOrderAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryAskAgainAsync(CancellationToken cancellationToken)
    {
        if (_subject is null || (_sharedAt > 0 && _lastDelivery - _sharedAt < LongAgo))
            return false;

        var information = await FindWithoutRequestsAsync(LongestWait, cancellationToken).ConfigureAwait(false);
        if (information?["delivered"]?.AsObject() is not { } delivered)
            return false;

        // Made anew, it counts from the beginning.
        var made = delivered.Sequence("consumer_seq");
        if (made < _lastDelivery)
            return false;

        // When the connection broke once more while some were waited for, these were what the server had sent first.
        var lost = made - _lastDelivery;
        var added = lost > _expected ? lost - _expected : 0;
        if (_missing.Count > 0)
        {
            await givenBack.NoteAsync(_missing, cancellationToken).ConfigureAwait(false);
            await AskForAsync(_missing, made, cancellationToken).ConfigureAwait(false);
        }

        var missing = new SequenceRange(_highest + 1, delivered.Sequence("stream_seq"));
        if (added > 0 && !await TryAskForAsync(missing, added, made, cancellationToken).ConfigureAwait(false))
            return false;

        (_expected, _returned, _lastDelivery) = (_expected + _returned, 0, made);
        return true;
    }

    /// <summary>Whether deliveries before this one went to somebody else: a process that had the consumer before, and was frozen. They are asked for.</summary>
    private async ValueTask<bool> HasGapAsync(AckReply reply, CancellationToken cancellationToken)
    {
        if (!isExclusive || _isInterrupted || _lastDelivery == 0 || reply.ConsumerSequence <= _lastDelivery + 1)
            return false;

        // What is in the gap may have been asked for before.
        var between = new SequenceRange(_highest + 1, Math.Max(reply.StreamSequence, 1) - 1);
        var hasNew = await TryAskForAsync(between, reply.ConsumerSequence - _lastDelivery - 1, reply.ConsumerSequence, cancellationToken).ConfigureAwait(false);
        if (!hasNew && _missing.Count > 0)
            await AskForAsync(_missing, reply.ConsumerSequence, cancellationToken).ConfigureAwait(false);

        return hasNew;
    }

    /// <summary>
    /// Waits until the missing ones have come, and holds back what comes meanwhile. The server puts aside by itself what it finds nobody to send to, before those
    /// that it has sent into the void: they do not come in order.
    /// </summary>
    private async ValueTask GatherAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken)
    {
        var gathered = new SortedDictionary<ulong, NatsMsg<JobEventPayload>>();
        try
        {
            await GatherAsync(reader, gathered, cancellationToken).ConfigureAwait(false);
            ExpectNone();
            _noted = gathered.Count;
        }
        finally
        {
            // Also when the connection breaks once more: then they are given back, and the others are still missing.
            foreach (var message in gathered.Values)
                _gathered.Enqueue(message);
        }
    }

    private async ValueTask GatherAsync(
        PullReader<JobEventPayload> reader, SortedDictionary<ulong, NatsMsg<JobEventPayload>> gathered, CancellationToken cancellationToken)
    {
        for (var (heldBack, gaps) = (0, 0); _expected > 0 && heldBack <= MostHeldBack;)
        {
            _read ??= reader.ReadAsync(cancellationToken).AsTask();
            await ((Task)_read).WaitAsync(LongestGap, consumers.Api.TimeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_read.IsCompleted && ++gaps < MostGaps)
            {
                await AskForAsync(_missing, _lastDelivery, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!_read.IsCompleted)
                break;

            var message = await _read.ConfigureAwait(false);
            (_read, gaps) = (null, 0);
            if (!AckReply.TryParse(message.ReplyTo, out var reply))
                continue;

            // What was asked for again may come twice.
            var isFirst = gathered.TryAdd(reply.StreamSequence, message);
            _ = await HasGapAsync(reply, cancellationToken).ConfigureAwait(false);
            Note(message.ReplyTo!, reply);
            if (_missing.Remove(reply.StreamSequence))
                _expected--;
            else if (isFirst)
                heldBack++;
        }
    }

    private void ExpectNone()
    {
        (_expected, _returned) = (0, 0);
        _missing.Clear();
    }

    private async ValueTask<bool> TryAskForAsync(SequenceRange missing, ulong count, ulong made, CancellationToken cancellationToken)
    {
        if (missing.To < missing.From || missing.To - missing.From >= MostSequences)
            return false;

        JetStreamLog.DeliveriesLost(logger, count, consumer, missing.From, missing.To);
        var sequences = SequencesOf(missing).ToList();
        await givenBack.NoteAsync(sequences, cancellationToken).ConfigureAwait(false);
        await AskForAsync(sequences, made, cancellationToken).ConfigureAwait(false);
        _missing.UnionWith(sequences);
        _expected += count;
        return true;
    }

    /// <summary>Of those that it does not wait for, the server takes no notice.</summary>
    private async ValueTask AskForAsync(IReadOnlyCollection<ulong> missing, ulong made, CancellationToken cancellationToken)
    {
        var left = missing.Count;
        foreach (var sequence in missing)
        {
            var subject = AckReply.Of(_subject!, sequence, made);
            if (--left > 0)
                await JetStreamDelivery.GiveBackAsync(consumers.Api.Connection, subject, cancellationToken).ConfigureAwait(false);
            else
                await JetStreamDelivery.GiveBackAndWaitAsync(consumers.Api.Connection, subject, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<ulong> SequencesOf(SequenceRange range)
    {
        for (var sequence = range.From; sequence <= range.To; sequence++)
            yield return sequence;
    }

    /// <summary>
    /// The consumer, when nobody asks for messages. A request over the connection that broke is there until the server has noticed, and would be
    /// sent more; one that stays is another process's.
    /// </summary>
    private async ValueTask<JsonObject?> FindWithoutRequestsAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var since = consumers.Api.TimeProvider.GetTimestamp();
        while (true)
        {
            var information = await consumers.FindAsync(consumer, cancellationToken).ConfigureAwait(false);
            if (information is null || information.Number("num_waiting") == 0)
                return information;

            if (consumers.Api.TimeProvider.GetElapsedTime(since) > longest)
                return null;

            await Task.Delay(WaitBetweenAttempts, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
