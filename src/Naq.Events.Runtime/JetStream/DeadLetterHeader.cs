using System.Text.Json.Nodes;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// What the headers of a dead letter say beside those of its event: one JSON object, since a header takes neither line ends nor
/// characters beyond ASCII, which JSON escapes.
/// </summary>
internal static class DeadLetterHeader
{
    public const string Name = "Naq-Dead-Letter";

    /// <summary>The id of the event; the dead letter's own message id makes it stored once.</summary>
    public const string EventId = "Naq-Event-Id";

    public static string Write(DeadLetterReason reason, ulong eventSequence, int deliveries) => new JsonObject
    {
        ["cause"] = reason.Cause.ToString(),
        ["reason"] = reason.Text,
        ["handler"] = reason.Handler,
        ["error_type"] = reason.ErrorType,
        ["error_message"] = reason.ErrorMessage,
        ["error_fingerprint"] = reason.ErrorFingerprint,
        ["deliveries"] = deliveries,
        ["event_sequence"] = eventSequence,
    }.ToJsonString();

    /// <summary>Of an event that waits for its next try.</summary>
    public static string WriteWait(ulong eventSequence, TimeSpan delay, int tried) => new JsonObject
    {
        ["event_sequence"] = eventSequence,
        ["delay_ms"] = (long)Math.Ceiling(delay.TotalMilliseconds),
        ["tried"] = tried,
    }.ToJsonString();

    /// <summary>How long it waits, and how often it was tried; <see langword="null"/> for one that does not.</summary>
    public static (TimeSpan Delay, int Tried)? ReadWait(NatsHeaders? headers) =>
        headers is not null && headers.TryGetLastValue(Name, out var header) && Parse(header) is var wait && wait["delay_ms"] is not null
        ? (TimeSpan.FromMilliseconds(wait.Number("delay_ms")), (int)wait.Number("tried"))
        : null;

    /// <summary>The sequence of the event in its stream, whatever else there is.</summary>
    public static ulong EventSequence(string? header) => Parse(header).Sequence("event_sequence");

    public static JobEventDeadLetter Read(RawMessage message, JobEvent? jobEvent)
    {
        var header = Parse(message.Header(Name));
        return new JobEventDeadLetter
        {
            Sequence = message.Sequence,
            Timestamp = message.StoredAt,
            Event = jobEvent,
            EventSequence = header.Sequence("event_sequence"),
            Cause = Enum.TryParse<JobEventDeadLetterCause>((string?)header["cause"], out var cause) ? cause : JobEventDeadLetterCause.HandlerFailed,
            Reason = (string?)header["reason"] ?? "",
            Deliveries = (int)header.Number("deliveries"),
            Handler = (string?)header["handler"],
            ErrorType = (string?)header["error_type"],
            ErrorMessage = (string?)header["error_message"],
            ErrorFingerprint = (string?)header["error_fingerprint"],
            Headers = HeadersOf(message),
            Payload = message.Data,
        };
    }

    // Those that its event had; of several of one name the first.
    private static Dictionary<string, string> HeadersOf(RawMessage message)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in message.Headers)
        {
            if (name is not (Name or StoredMessage.MessageIdHeader))
                _ = headers.TryAdd(name == EventId ? StoredMessage.MessageIdHeader : name, value);
        }

        return headers;
    }

    private static JsonObject Parse(string? header)
    {
        try
        {
            return header is null ? [] : JsonNode.Parse(header) as JsonObject ?? [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
