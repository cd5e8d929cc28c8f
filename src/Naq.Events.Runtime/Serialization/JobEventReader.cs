using System.Text.Json;
using System.Text.Unicode;

namespace Naq.Events.Serialization;

/// <summary>
/// Reads an event's JSON: any member order, unknown members, nulls, other clients' liberties. What is malformed is said, never
/// guessed at.
/// </summary>
internal static class JobEventReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the members, or says what is malformed.</summary>
    public static string? Read(ReadOnlySpan<byte> payload, ref JobEventMembers members)
    {
        if (payload.StartsWith(ByteOrderMark))
            payload = payload[ByteOrderMark.Length..];

        // Once for the whole payload: the JSON reader checks only the strings it is asked for.
        if (!Utf8.IsValid(payload))
            return "The payload is not valid UTF-8.";

        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = JobEventLimits.JsonDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "The payload is not a JSON object.";

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = FindMember(ref reader);
                _ = reader.Read();
                if (ReadMember(payload, ref reader, member, ref members) is { } problem)
                    return problem;
            }

            // Throws when anything but white space follows the object.
            _ = reader.Read();
            return Missing(members);
        }
        catch (JsonException exception)
        {
            return $"The payload is not valid JSON: {exception.Message}";
        }
    }

    private static WireMember FindMember(ref Utf8JsonReader reader) => reader.ValueIsEscaped
        ? WireMembers.Find(System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(reader.ValueSpan, out _)))
        : WireMembers.Find(reader.ValueSpan);

    private static string? ReadMember(
        ReadOnlySpan<byte> payload, ref Utf8JsonReader reader, WireMember member, ref JobEventMembers members)
    {
        return member switch
        {
            WireMember.Version => ReadVersion(ref reader),
            WireMember.JobId => ReadJobId(ref reader, out members.JobId),
            WireMember.EventType => ReadEventType(ref reader, out members.EventName),
            WireMember.Timestamp => ReadTimestamp(ref reader, out members.Timestamp),
            WireMember.WorkerId => WireValue.Text(ref reader, "worker_id", out members.WorkerId),
            WireMember.WorkerType => WireValue.Text(ref reader, "worker_type", out members.WorkerType),
            WireMember.QueueName => WireValue.Text(ref reader, "queue_name", out members.QueueName),
            WireMember.Message => WireValue.Text(ref reader, "message", out members.Message),
            WireMember.Details => WireValue.Fields(payload, ref reader, "details", out members.Details),
            WireMember.ErrorType => WireValue.Text(ref reader, "error_type", out members.ErrorType),
            WireMember.ErrorMessage => WireValue.Text(ref reader, "error_message", out members.ErrorMessage),
            WireMember.DurationMs => WireValue.Metric(ref reader, "duration_ms", out members.DurationMs),
            WireMember.MemoryMb => WireValue.Metric(ref reader, "memory_mb", out members.MemoryMb),
            WireMember.CpuTimeMs => WireValue.Metric(ref reader, "cpu_time_ms", out members.CpuTimeMs),
            WireMember.Tags => WireValue.Tags(ref reader, out members.Tags),
            WireMember.Metadata => WireValue.Fields(payload, ref reader, "metadata", out members.Metadata),
            WireMember.Attempt => WireValue.Attempt(ref reader, out members.Attempt),
            WireMember.RunId => WireValue.OurText(ref reader, out members.RunId),
            WireMember.ParentId => WireValue.OurText(ref reader, out members.ParentId),
            WireMember.RootId => WireValue.OurText(ref reader, out members.RootId),
            WireMember.CorrelationId => WireValue.OurText(ref reader, out members.CorrelationId),
            WireMember.ErrorStack => WireValue.OurText(ref reader, out members.ErrorStack),
            WireMember.ErrorFingerprint => WireValue.OurText(ref reader, out members.ErrorFingerprint),
            _ => WireValue.Skip(ref reader),
        };
    }

    private static string? ReadVersion(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"version is {WireValue.Kind(reader.TokenType)}, not a string such as \"1.0\".";

        var version = WireString.Text(ref reader, out _);
        var known = version.Length > 2 && version.StartsWith("1.", StringComparison.Ordinal)
            && version.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
        return known ? null : $"version is '{WireValue.Shown(version)}'; this reader knows 1.0 to 1.N.";
    }

    private static string? ReadJobId(ref Utf8JsonReader reader, out string? jobId)
    {
        jobId = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"job_id is {WireValue.Kind(reader.TokenType)}, not a string.";

        jobId = WireString.Text(ref reader, out var loneSurrogate);
        if (loneSurrogate)
            return "job_id holds half a surrogate pair.";

        return jobId.Length > JobEventLimits.JobIdCharacters
            ? $"job_id has {jobId.Length} characters; the limit is {JobEventLimits.JobIdCharacters}."
            : null;
    }

    private static string? ReadEventType(ref Utf8JsonReader reader, out string? eventName)
    {
        eventName = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"event_type is {WireValue.Kind(reader.TokenType)}, not a string.";

        if (!reader.ValueIsEscaped && EventNames.IsValid(reader.ValueSpan))
        {
            eventName = EventNames.Intern(reader.ValueSpan);
            return null;
        }

        eventName = WireString.Text(ref reader, out _);
        return EventNames.IsValid(eventName.AsSpan())
            ? null
            : $"event_type '{WireValue.Shown(eventName)}' is not 1 to 64 of a-z, 0-9 and '_'.";
    }

    private static string? ReadTimestamp(ref Utf8JsonReader reader, out long? microseconds)
    {
        microseconds = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.Number)
            return $"timestamp is {WireValue.Kind(reader.TokenType)}, not a number of Unix seconds.";

        if (!UnixMicroseconds.TryParse(reader.ValueSpan, out var value))
            return "timestamp is not a number of Unix seconds from 1970 to 9999.";

        microseconds = value;
        return null;
    }

    private static string? Missing(in JobEventMembers members) => members switch
    {
        { JobId: null or "" } => "job_id is missing.",
        { EventName: null } => "event_type is missing.",
        { Timestamp: null } => "timestamp is missing.",
        _ => null,
    };
}
