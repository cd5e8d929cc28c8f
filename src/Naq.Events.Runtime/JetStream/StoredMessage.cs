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

        if (JobEventSubject.Parse(subject, prefix, out var parts) is { } problem)
            return new StoredMessage(sequence, null, problem);

        if (parts.JobId != jobEvent.JobId)
            return new StoredMessage(sequence, null, $"The subject '{subject}' and job_id '{jobEvent.JobId}' disagree.");

        if (parts.EventName != jobEvent.EventName)
            return new StoredMessage(sequence, null, $"The subject '{subject}' and event_type '{jobEvent.EventName}' disagree.");

        var messageId = Header(headers, MessageIdHeader);
        return new StoredMessage(
            sequence,
            jobEvent with
            {
                Id = Guid.TryParseExact(messageId, "D", out var id) ? id : Guid.Empty,
                MessageId = messageId,
                TraceParent = Header(headers, TraceParentHeader),
                Sequence = sequence,
                Environment = parts.Environment,
                Service = parts.Service,
            },
            null);
    }

    private static string? Header(NatsHeaders? headers, string name) =>
        headers is not null && headers.TryGetLastValue(name, out var value) ? value : null;
}
