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
internal sealed class LostDeliveries(Consumers consumers, string consumer, GivenBack givenBack, ILogger logger)
{
    // As many as may be under way, and what a filter leaves out between them.
    private const ulong MostSequences = 1_000;

    // So long ago a delivery to another process does not mean that there is one.
    private const ulong LongAgo = 1_000;

    private const int MostAttempts = 20;

    private static readonly TimeSpan WaitBetweenAttempts = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(250);

    private readonly Queue<NatsMsg<JobEventPayload>> _gathered = new();
    private int _noted;
    private Task<NatsMsg<JobEventPayload>>? _read;
    private SequenceRange? _missing;
    private ulong _expected;
    private ulong _lastDelivery;
    private ulong _highest;
    private string? _subject;
    private ulong _sharedAt;
    private bool _isInterrupted;

    /// <summary>The next delivery.</summary>
    /// <exception cref="PullBrokenException">No more will come.</exception>
    public ValueTask<NatsMsg<JobEventPayload>> ReadAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken) =>
        _missing is null && _gathered.Count == 0 && _read is null
            ? reader.ReadAsync(cancellationToken)
            : ReadGatheredAsync(reader, cancellationToken);

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
        if (_subject is null || (_sharedAt > 0 && _lastDelivery - _sharedAt < LongAgo))
            return;

        var information = await FindWithoutRequestsAsync(cancellationToken).ConfigureAwait(false);
        if (information?["delivered"]?.AsObject() is not { } delivered)
            return;

        // Made anew, it counts from the beginning.
        var made = delivered.Sequence("consumer_seq");
        var missing = new SequenceRange(_highest + 1, delivered.Sequence("stream_seq"));
        if (made <= _lastDelivery || missing.To < missing.From || missing.To - missing.From >= MostSequences)
            return;

        JetStreamLog.DeliveriesLost(logger, made - _lastDelivery, consumer, missing.From, missing.To);
        var sequences = Enumerable.Range(0, (int)(missing.To - missing.From + 1)).Select(place => missing.From + (ulong)place).ToList();
        await givenBack.NoteAsync(sequences, cancellationToken).ConfigureAwait(false);

        // Of those that it does not wait for, the server takes no notice.
        foreach (var sequence in sequences.SkipLast(1))
        {
            await JetStreamDelivery.GiveBackAsync(consumers.Api.Connection, AckReply.Of(_subject, sequence, made), cancellationToken)
                .ConfigureAwait(false);
        }

        await JetStreamDelivery.GiveBackAndWaitAsync(consumers.Api.Connection, AckReply.Of(_subject, missing.To, made), cancellationToken)
            .ConfigureAwait(false);
        (_missing, _expected, _lastDelivery) = (missing, made - _lastDelivery, made);
    }

    /// <summary>What has come and was not read.</summary>
    public async ValueTask<IReadOnlyList<NatsMsg<JobEventPayload>>> LeaveAsync()
    {
        List<NatsMsg<JobEventPayload>> left = [.. _gathered];
        _gathered.Clear();
        if (_read is { IsCompletedSuccessfully: true })
            left.Add(await _read.ConfigureAwait(false));

        _read = null;
        return left;
    }

    private async ValueTask<NatsMsg<JobEventPayload>> ReadGatheredAsync(PullReader<JobEventPayload> reader, CancellationToken cancellationToken)
    {
        if (_missing is { } missing)
            await GatherAsync(reader, missing, cancellationToken).ConfigureAwait(false);

        if (_gathered.TryDequeue(out var gathered))
            return gathered;

        var read = _read ?? reader.ReadAsync(cancellationToken).AsTask();
        _read = null;
        return await read.ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until the missing ones have come. The server puts aside by itself what it finds nobody to send to, before those that it has sent into the
    /// void: they do not come in order.
    /// </summary>
    private async ValueTask GatherAsync(PullReader<JobEventPayload> reader, SequenceRange missing, CancellationToken cancellationToken)
    {
        _missing = null;
        var gathered = new SortedDictionary<ulong, NatsMsg<JobEventPayload>>();
        while ((ulong)gathered.Count < _expected)
        {
            _read ??= reader.ReadAsync(cancellationToken).AsTask();
            await ((Task)_read).WaitAsync(LongestGap, consumers.Api.TimeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_read.IsCompletedSuccessfully)
                break;

            var message = await _read.ConfigureAwait(false);
            if (!AckReply.TryParse(message.ReplyTo, out var reply) || reply.StreamSequence > missing.To)
                break;

            Note(message.ReplyTo!, reply);
            gathered[reply.StreamSequence] = message;
            _read = null;
        }

        foreach (var message in gathered.Values)
            _gathered.Enqueue(message);

        _noted = gathered.Count;
    }

    /// <summary>
    /// The consumer, when nobody asks for messages. A request over the connection that broke is there until the server has noticed, and would be
    /// sent more; one that stays is another process's.
    /// </summary>
    private async ValueTask<JsonObject?> FindWithoutRequestsAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var information = await consumers.FindAsync(consumer, cancellationToken).ConfigureAwait(false);
            if (information is null || information.Number("num_waiting") == 0)
                return information;

            if (attempt == MostAttempts)
                return null;

            await Task.Delay(WaitBetweenAttempts, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
