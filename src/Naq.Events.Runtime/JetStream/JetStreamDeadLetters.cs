using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// The dead letters of the processors of one stream. They are in a stream of their own, <c>{stream}_dead</c>, under
/// <c>{prefix}_dead.{processor}.{the event's tokens}</c>; what is replayed goes through the work queue <c>{stream}_replay</c>.
/// </summary>
internal sealed class JetStreamDeadLetters(JetStreamApi api, JobEventSubjects subjects, JetStreamOptions options)
{
    private readonly string _beside = subjects.Beside;
    private readonly string _stream = options.StreamName;

    private string Dead => $"{_stream}_dead";

    public string Replay => $"{_stream}_replay";

    /// <summary>The subjects that one processor's replays have, without the event's own tokens.</summary>
    public string ReplayPrefix(string processor) => $"{_beside}_replay.{processor}";

    /// <summary>Creates the work queue of replays when it is not there.</summary>
    public ValueTask EnsureReplayAsync(CancellationToken cancellationToken) => EnsureAsync(
        Replay, $"{_beside}_replay.*.*.*.*.*", "workqueue", TimeSpan.Zero, "Replayed dead letters of Naq.Events.", cancellationToken);

    /// <summary>Copies a message, as it is stored, to the dead letters of a processor; returns when it is stored.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="source">The stream of the message: that of the events, or the work queue.</param>
    /// <param name="sequence">Its sequence there.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask AddAsync(
        string processor,
        string source,
        ulong sequence,
        JobEventDelivery delivery,
        string subject,
        DeadLetterReason reason,
        CancellationToken cancellationToken)
    {
        await EnsureAsync(
            Dead, $"{_beside}_dead.*.*.*.*.*", "limits", options.DeadLetterMaxAge, "Dead letters of Naq.Events.", cancellationToken)
            .ConfigureAwait(false);
        var stored = await RawMessage.FindAsync(api, source, sequence, nextBySubject: null, cancellationToken).ConfigureAwait(false);
        var headers = new NatsHeaders();
        foreach (var (name, value) in stored?.Headers ?? [])
        {
            // The server's own, such as a time to live or a place in a batch, are of the original's stream: this one would refuse them.
            if (name != DeadLetterHeader.Name && !name.StartsWith("Nats-", StringComparison.OrdinalIgnoreCase))
                headers[name] = value;
        }

        if (source == _stream && (stored?.Header(StoredMessage.MessageIdHeader) ?? delivery.Event?.MessageId) is { } id)
            headers[DeadLetterHeader.EventId] = id;

        // A crash between this and the termination of the original leads here again: within the duplicate window it is stored once.
        headers[StoredMessage.MessageIdHeader] = string.Create(CultureInfo.InvariantCulture, $"{processor}.{source}.{sequence}");
        headers[DeadLetterHeader.Name] = DeadLetterHeader.Write(reason, delivery.Sequence, delivery.Attempt);

        // The limits may have removed the original by now: the event is what was delivered.
        var payload = stored?.Data ?? delivery.Event?.ToUtf8Json() ?? [];
        var tail = subject[((source == _stream ? subjects.Prefix : ReplayPrefix(processor)).Length + 1)..];
        _ = await api.PublishAsync($"{_beside}_dead.{processor}.{tail}", headers, payload, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<JobEventDeadLetter> ReadAsync(string processor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await LastAsync(cancellationToken).ConfigureAwait(false) is not { } last)
            yield break;

        for (ulong next = 1; next <= last;)
        {
            var message = await RawMessage.FindAsync(api, Dead, next, $"{_beside}_dead.{processor}.>", cancellationToken).ConfigureAwait(false);
            if (message is null || message.Sequence > last)
                yield break;

            next = message.Sequence + 1;
            yield return Read(processor, message);
        }
    }

    public async ValueTask<long> CountAsync(string processor, CancellationToken cancellationToken)
    {
        if (await LastAsync(cancellationToken).ConfigureAwait(false) is null)
            return 0;

        var counts = await new SubjectCounts(api, Dead).OfAsync([$"{_beside}_dead.{processor}.>"], cancellationToken).ConfigureAwait(false);
        return counts.Values.Sum();
    }

    public async ValueTask<JobEventDeadLetter?> FindAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is { } message ? Read(processor, message) : null;

    public async ValueTask<bool> ReplayAsync(string processor, ulong sequence, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is not { } message)
            return false;

        await EnsureReplayAsync(cancellationToken).ConfigureAwait(false);
        var headers = new NatsHeaders();
        foreach (var (name, value) in message.Headers)
            headers[name] = value;

        headers[StoredMessage.MessageIdHeader] = string.Create(CultureInfo.InvariantCulture, $"{processor}.{sequence}");
        var tail = message.Subject[$"{_beside}_dead.{processor}.".Length..];
        _ = await api.PublishAsync($"{ReplayPrefix(processor)}.{tail}", headers, message.Data, cancellationToken).ConfigureAwait(false);
        return await RemoveAsync(sequence, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DiscardAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is not null
        && await RemoveAsync(sequence, cancellationToken).ConfigureAwait(false);

    private async ValueTask<ulong?> LastAsync(CancellationToken cancellationToken)
    {
        try
        {
            return StreamState.Of(await api.RequestAsync($"STREAM.INFO.{Dead}", null, cancellationToken).ConfigureAwait(false)).Last;
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.StreamNotFound)
        {
            // It is created with the first dead letter.
            return null;
        }
    }

    private async ValueTask<RawMessage?> FindMessageAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        await RawMessage.FindAsync(api, Dead, sequence, nextBySubject: null, cancellationToken).ConfigureAwait(false) is { } message
            && message.Subject.StartsWith($"{_beside}_dead.{processor}.", StringComparison.Ordinal)
            ? message
            : null;

    private async ValueTask<bool> RemoveAsync(ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            _ = await api.RequestAsync($"STREAM.MSG.DELETE.{Dead}", new JsonObject { ["seq"] = sequence, ["no_erase"] = true }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode is JetStreamError.MessageNotFound or JetStreamError.MessageDeleteFailed)
        {
            // Somebody else was faster.
            return false;
        }
    }

    private JobEventDeadLetter Read(string processor, RawMessage message)
    {
        var headers = new NatsHeaders();
        foreach (var (name, value) in message.Headers)
            headers[name] = value;

        var payload = JobEventPayload.Deserializer.Deserialize(new System.Buffers.ReadOnlySequence<byte>(message.Data));
        var stored = StoredMessage.ReadDeadLetter(message.Sequence, message.Subject, headers, payload, $"{_beside}_dead.{processor}");
        return DeadLetterHeader.Read(message, stored.Event);
    }

    private ValueTask EnsureAsync(
        string stream, string subjects, string retention, TimeSpan maxAge, string description, CancellationToken cancellationToken) =>
        api.EnsureStreamAsync(
            new JsonObject
            {
                ["name"] = stream,
                ["description"] = description,
                ["subjects"] = new JsonArray(subjects),
                ["retention"] = retention,
                ["storage"] = "file",
                ["max_age"] = StreamSettings.Nanoseconds(maxAge),
                ["num_replicas"] = options.Replicas,
            },
            cancellationToken);
}
