using System.Globalization;
using System.Text.Json.Nodes;
using Naq.Events.Serialization;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <content>
/// Events that are parked behind a dead letter of their job are in the same stream, under <c>{prefix}_dead.{processor}~parked.</c>. When
/// neither a dead letter nor a replay is left before them, one message in the work queue, the job's release, has them handled one after
/// the other by whichever process takes it. Whoever does what may free a job (parks, replays, discards, handles a replay, ends a release)
/// looks afterwards whether it is free, and then adds the release: the last to look finds all that the others did.
/// </content>
internal sealed partial class JetStreamDeadLetters
{
    // No token of an event: what encodes a job id has two digits after it.
    private const string NoToken = "%";
    private const string ExpectedHeader = "Nats-Expected-Last-Subject-Sequence";

    /// <summary>The subjects of a processor's dead letters.</summary>
    public IReadOnlyCollection<string> SubjectsOf(string processor) => [$"{DeadPrefix(processor)}.>"];

    /// <summary>The job of a subject of a dead letter or a replay, as a token.</summary>
    public static string JobOf(string subject)
    {
        var tokens = subject.Split('.');
        return tokens[^1] == NoToken ? tokens[^3] : tokens[^2];
    }

    /// <summary>Whether a message of the work queue is not a dead letter, but has the parked events of its job handled.</summary>
    public static bool IsRelease(string subject) => subject.EndsWith($".{NoToken}", StringComparison.Ordinal);

    /// <summary>Whether a job has dead letters, replays that are not handled, or parked events.</summary>
    public async ValueTask<bool> HoldsAsync(string processor, string job, CancellationToken cancellationToken) =>
        !await IsFreeAsync(processor, job, cancellationToken).ConfigureAwait(false)
        || await NextParkedAsync(processor, job, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The jobs of the events that are parked, wait in the work queue, or are replayed, as tokens; a job may come more than once.</summary>
    public async ValueTask<IEnumerable<string>> WaitingJobsAsync(string processor, CancellationToken cancellationToken)
    {
        await EnsureReplayAsync(cancellationToken).ConfigureAwait(false);
        var jobs = new List<string>();
        foreach (var (stream, subjects) in new[] { (Dead, $"{ParkedPrefix(processor)}.>"), (Replay, $"{ReplayPrefix(processor)}.>") })
        {
            if (await RawMessage.FindAsync(api, stream, 1, subjects, cancellationToken).ConfigureAwait(false) is null)
                continue;

            jobs.AddRange((await new SubjectCounts(api, stream).OfAsync([subjects], cancellationToken).ConfigureAwait(false)).Keys.Select(JobOf));
        }

        return jobs;
    }

    /// <summary>The next parked event of a job, when nothing is before it.</summary>
    public async ValueTask<RawMessage?> NextReleasedAsync(string processor, string job, CancellationToken cancellationToken) =>
        await IsFreeAsync(processor, job, cancellationToken).ConfigureAwait(false)
            ? await NextParkedAsync(processor, job, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>A dead letter, or a parked event, as it was stored.</summary>
    public JobEventDeadLetter Read(string processor, RawMessage message)
    {
        var headers = new NatsHeaders();
        foreach (var (name, value) in message.Headers)
            headers[name] = value;

        var payload = JobEventPayload.Deserializer.Deserialize(new System.Buffers.ReadOnlySequence<byte>(message.Data));
        var stored = StoredMessage.ReadDeadLetter(message.Sequence, message.Subject, headers, payload, PrefixOf(processor, message.Subject));
        return DeadLetterHeader.Read(message, stored.Event);
    }

    /// <summary>Removes a parked event that is handled, or a dead letter by now.</summary>
    public async ValueTask UnparkAsync(ulong sequence, CancellationToken cancellationToken) =>
        _ = await RemoveAsync(Dead, sequence, cancellationToken).ConfigureAwait(false);

    /// <summary>Removes a replay that is handled, or a release that has ended, from the work queue; then what is parked may be free.</summary>
    public async ValueTask EndReplayAsync(string processor, ulong sequence, string jobId, CancellationToken cancellationToken)
    {
        _ = await RemoveAsync(Replay, sequence, cancellationToken).ConfigureAwait(false);
        await ReleaseIfFreeAsync(processor, jobId, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReleaseIfFreeAsync(string processor, string jobId, CancellationToken cancellationToken)
    {
        var job = JobEventSubject.EncodeJobId(jobId);
        if (await NextParkedAsync(processor, job, cancellationToken).ConfigureAwait(false) is null
            || !await IsFreeAsync(processor, job, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await EnsureReplayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // One for each job: two would be handled by two processes at once.
            var headers = new NatsHeaders { [ExpectedHeader] = "0" };
            _ = await api.PublishAsync(
                $"{ReplayPrefix(processor)}.{NoToken}.{job}.{NoToken}.{NoToken}", headers, [], cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal)
            when (refusal.ErrorCode is JetStreamError.WrongLastSequence or JetStreamError.WrongLastSequenceConstant)
        {
            // There is one.
        }
    }

    /// <summary>Whether neither a replay nor a dead letter of a job is left. In this order: a replay that fails is a dead letter before it is gone.</summary>
    private async ValueTask<bool> IsFreeAsync(string processor, string job, CancellationToken cancellationToken)
    {
        if (await RawMessage.FindAsync(api, Replay, 1, $"{ReplayPrefix(processor)}.*.*.{job}.*", cancellationToken).ConfigureAwait(false) is not null)
            return false;

        if (!stopsJobs)
            return true;

        ulong next = 1;
        while (await RawMessage.FindAsync(api, Dead, next, $"{DeadPrefix(processor)}.*.*.{job}.*", cancellationToken).ConfigureAwait(false) is { } message)
        {
            // What is no event is of no job, whatever its subject says.
            if (Read(processor, message).Cause != JobEventDeadLetterCause.Malformed)
                return false;

            next = message.Sequence + 1;
        }

        return true;
    }

    private ValueTask<RawMessage?> NextParkedAsync(string processor, string job, CancellationToken cancellationToken) =>
        RawMessage.FindAsync(api, Dead, 1, $"{ParkedPrefix(processor)}.*.*.{job}.*", cancellationToken);

    private string DeadPrefix(string processor) => $"{_beside}_dead.{processor}";

    private string ParkedPrefix(string processor) => $"{_beside}_dead.{processor}~parked";

    private string PrefixOf(string processor, string subject) =>
        subject.StartsWith($"{ParkedPrefix(processor)}.", StringComparison.Ordinal) ? ParkedPrefix(processor) : DeadPrefix(processor);

    /// <summary>The tokens of an event, its job as this library encodes it: other clients may encode it otherwise, and it is looked for.</summary>
    private static string Tail(string subject, JobEvent? jobEvent)
    {
        var tokens = subject.Split('.')[^4..];
        if (jobEvent is not null)
            tokens[2] = JobEventSubject.EncodeJobId(jobEvent.JobId);

        return string.Join('.', tokens);
    }
}
