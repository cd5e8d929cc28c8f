using Naq.Events.Serialization;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>A message of the stream: an event with all that its envelope says, or what is malformed.</summary>
internal readonly record struct StoredMessage(ulong Sequence, JobEvent? Event, string? Problem)
{
    public const string MessageIdHeader = "Nats-Msg-Id";
    public const string TraceParentHeader = "traceparent";

    /// <summary>Puts payload, subject and headers together. A subject and a payload that disagree are malformed, never guessed at.</summary>
    public static StoredMessage Read(ulong sequence, string subject, NatsHeaders? headers, in JobEventPayload payload, string prefix)
    {
        if (payload.Event is not { } jobEvent)
            return new StoredMessage(sequence, null, payload.Problem ?? "The payload could not be read.");

        if (JobEventSubject.Split(subject, prefix, out var tokens) is { } problem)
            return new StoredMessage(sequence, null, problem);

        if (!tokens.IsOfJob(jobEvent.JobId))
            return new StoredMessage(sequence, null, $"The subject '{subject}' and job_id '{jobEvent.JobId}' disagree.");

        if (!tokens.EventName.SequenceEqual(jobEvent.EventName))
            return new StoredMessage(sequence, null, $"The subject '{subject}' and event_type '{jobEvent.EventName}' disagree.");

        // A subscription of ours has looked at them itself.
        if (headers is not null)
            jobEvent.SetHeaders(Header(headers, MessageIdHeader), Header(headers, TraceParentHeader));

        jobEvent.SetStored(sequence, TokenPool.Get(tokens.Environment), TokenPool.Get(tokens.Service));
        return new StoredMessage(sequence, jobEvent, null);
    }

    /// <summary>The same for a dead letter or a replay, whose own message id is not that of its event.</summary>
    public static StoredMessage ReadDeadLetter(ulong sequence, string subject, NatsHeaders? headers, in JobEventPayload payload, string prefix)
    {
        var stored = Read(sequence, subject, headers, payload, prefix);
        var original = DeadLetterHeader.EventSequence(Header(headers, DeadLetterHeader.Name));
        if (stored.Event is not { } jobEvent)
            return stored with { Sequence = original };

        jobEvent.SetHeaders(Header(headers, DeadLetterHeader.EventId), jobEvent.TraceParent);
        jobEvent.SetStored(original, jobEvent.Environment!, jobEvent.Service!);
        return stored with { Sequence = original };
    }

    private static string? Header(NatsHeaders? headers, string name) =>
        headers is not null && headers.TryGetLastValue(name, out var value) ? value : null;
}
