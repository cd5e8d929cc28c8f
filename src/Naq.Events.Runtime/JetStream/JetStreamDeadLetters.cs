using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Naq.Events.Processing;
using Naq.Events.Serialization;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// The dead letters of the processors of one stream. They are in a stream of their own, <c>{stream}_dead</c>, under
/// <c>{prefix}_dead.{processor}.{the event's tokens}</c>; what is replayed goes through the work queue <c>{stream}_replay</c>.
/// </summary>
/// <param name="api">The server.</param>
/// <param name="subjects">The events' subjects.</param>
/// <param name="options">The events' stream.</param>
/// <param name="stopsJobs">Whether a job with a dead letter stands still.</param>
internal sealed partial class JetStreamDeadLetters(JetStreamApi api, JobEventSubjects subjects, JetStreamOptions options, bool stopsJobs)
{
    private readonly string _beside = subjects.Beside;
    private readonly string _stream = options.StreamName;

    public string Dead => $"{_stream}_dead";

    public JetStreamApi Api => api;

    public string Replay => $"{_stream}_replay";

    /// <summary>The subjects that one processor's replays have, without the event's own tokens.</summary>
    public string ReplayPrefix(string processor) => $"{_beside}_replay.{processor}";

    /// <summary>Creates the work queue of replays when it is not there.</summary>
    public ValueTask EnsureReplayAsync(CancellationToken cancellationToken) => EnsureAsync(
        Replay, $"{_beside}_replay.*.*.*.*.*", "workqueue", TimeSpan.Zero, "Replayed dead letters of Naq.Events.", cancellationToken);

    /// <summary>Creates the stream of dead letters when it is not there.</summary>
    public ValueTask EnsureDeadAsync(CancellationToken cancellationToken) => EnsureAsync(
        Dead, $"{_beside}_dead.*.*.*.*.*", "limits", options.DeadLetterMaxAge, "Dead letters of Naq.Events.", cancellationToken);

    /// <summary>Copies a message, as it is stored, to the dead letters of a processor; returns when it is stored.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="source">The stream of the message: that of the events, the work queue, or that of the dead letters for what is parked.</param>
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
        await EnsureDeadAsync(cancellationToken).ConfigureAwait(false);
        var (headers, payload) = await CopyAsync(processor, source, sequence, delivery, cancellationToken).ConfigureAwait(false);
        headers[DeadLetterHeader.Name] = DeadLetterHeader.Write(reason, delivery.Sequence, delivery.Attempt);
        var kept = reason.Cause == JobEventDeadLetterCause.Parked ? ParkedPrefix(processor) : DeadPrefix(processor);
        _ = await api.PublishAsync($"{kept}.{Tail(subject, delivery.Event)}", headers, payload, cancellationToken).ConfigureAwait(false);
        if (reason.Cause == JobEventDeadLetterCause.Parked)
            await ReleaseIfFreeAsync(processor, delivery.Event!.JobId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies a message, as it is stored, to the work queue, to be delivered from there after a while; returns when it is stored.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="source">The stream of the message.</param>
    /// <param name="sequence">Its sequence there.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="delay">How long.</param>
    /// <param name="tried">How often it was tried.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask WaitAsync(
        string processor,
        string source,
        ulong sequence,
        JobEventDelivery delivery,
        string subject,
        TimeSpan delay,
        int tried,
        CancellationToken cancellationToken)
    {
        var (headers, payload) = await CopyAsync(processor, source, sequence, delivery, cancellationToken).ConfigureAwait(false);
        headers[DeadLetterHeader.Name] = DeadLetterHeader.WriteWait(delivery.Sequence, delay, tried);
        _ = await api.PublishAsync($"{ReplayPrefix(processor)}.{Tail(subject, delivery.Event)}", headers, payload, cancellationToken)
            .ConfigureAwait(false);
    }

    private async ValueTask<(NatsHeaders Headers, byte[] Payload)> CopyAsync(
        string processor, string source, ulong sequence, JobEventDelivery delivery, CancellationToken cancellationToken)
    {
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

        // The limits may have removed the original by now: the event is what was delivered.
        return (headers, stored?.Data ?? delivery.Event?.ToUtf8Json() ?? []);
    }

    public async IAsyncEnumerable<JobEventDeadLetter> ReadAsync(
        string processor, string? jobId, bool? parked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await LastAsync(cancellationToken).ConfigureAwait(false) is not { } last)
            yield break;

        var rest = jobId is null ? ".>" : $".*.*.{JobEventSubject.EncodeJobId(jobId)}.*";
        var failed = parked == true ? null : await NextAsync(DeadPrefix(processor), 1).ConfigureAwait(false);
        var waiting = parked == false ? null : await NextAsync(ParkedPrefix(processor), 1).ConfigureAwait(false);
        while ((failed ?? waiting) is not null)
        {
            if (waiting is null || failed?.Sequence < waiting.Sequence)
            {
                yield return Read(processor, failed!);
                failed = await NextAsync(DeadPrefix(processor), failed!.Sequence + 1).ConfigureAwait(false);
            }
            else
            {
                yield return Read(processor, waiting);
                waiting = await NextAsync(ParkedPrefix(processor), waiting.Sequence + 1).ConfigureAwait(false);
            }
        }

        async ValueTask<RawMessage?> NextAsync(string subjects, ulong sequence)
        {
            var message = await RawMessage.FindAsync(api, Dead, sequence, subjects + rest, cancellationToken).ConfigureAwait(false);
            return message?.Sequence <= last ? message : null;
        }
    }

    public async ValueTask<(long Failed, long Parked)> CountAsync(string processor, CancellationToken cancellationToken)
    {
        if (await LastAsync(cancellationToken).ConfigureAwait(false) is null)
            return default;

        var counts = new SubjectCounts(api, Dead);
        return (
            await counts.SumAsync($"{DeadPrefix(processor)}.>", cancellationToken).ConfigureAwait(false),
            await counts.SumAsync($"{ParkedPrefix(processor)}.>", cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<JobEventDeadLetter?> FindAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is { } message ? Read(processor, message) : null;

    public async ValueTask<bool> ReplayAsync(string processor, ulong sequence, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is not { } message)
            return false;

        await EnsureReplayAsync(cancellationToken).ConfigureAwait(false);
        if (Read(processor, message) is { IsParked: true, Event: { } waiting })
        {
            var isFree = await IsFreeAsync(processor, JobEventSubject.EncodeJobId(waiting.JobId), cancellationToken).ConfigureAwait(false);
            await ReleaseIfFreeAsync(processor, waiting.JobId, cancellationToken).ConfigureAwait(false);
            return isFree;
        }

        var headers = new NatsHeaders();
        foreach (var (name, value) in message.Headers)
            headers[name] = value;

        headers[StoredMessage.MessageIdHeader] = string.Create(CultureInfo.InvariantCulture, $"{processor}.{sequence}");
        var tail = message.Subject[(DeadPrefix(processor).Length + 1)..];
        _ = await api.PublishAsync($"{ReplayPrefix(processor)}.{tail}", headers, message.Data, cancellationToken).ConfigureAwait(false);
        return await RemoveAsync(processor, message, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DiscardAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        await FindMessageAsync(processor, sequence, cancellationToken).ConfigureAwait(false) is { } message
        && await RemoveAsync(processor, message, cancellationToken).ConfigureAwait(false);

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
            && (message.Subject.StartsWith($"{DeadPrefix(processor)}.", StringComparison.Ordinal)
                || message.Subject.StartsWith($"{ParkedPrefix(processor)}.", StringComparison.Ordinal))
            ? message
            : null;

    /// <summary>Removes a dead letter; when it was the last of its job, what is parked behind it follows.</summary>
    private async ValueTask<bool> RemoveAsync(string processor, RawMessage message, CancellationToken cancellationToken)
    {
        var isRemoved = await RemoveAsync(Dead, message.Sequence, cancellationToken).ConfigureAwait(false);
        if (isRemoved && Read(processor, message) is { IsParked: false, Event: { } jobEvent })
            await ReleaseIfFreeAsync(processor, jobEvent.JobId, cancellationToken).ConfigureAwait(false);

        return isRemoved;
    }

    private async ValueTask<bool> RemoveAsync(string stream, ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            _ = await api.RequestAsync($"STREAM.MSG.DELETE.{stream}", new JsonObject { ["seq"] = sequence, ["no_erase"] = true }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode is JetStreamError.MessageNotFound or JetStreamError.MessageDeleteFailed)
        {
            // Somebody else was faster.
            return false;
        }
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
