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

    /// <summary>The JSON of a payload.</summary>
    public static ReadOnlySpan<byte> JsonOf(ReadOnlySpan<byte> payload) =>
        payload.StartsWith(ByteOrderMark) ? payload[ByteOrderMark.Length..] : payload;

    /// <summary>Reads the members, or says what is malformed.</summary>
    public static string? Read(ReadOnlySpan<byte> json, ref JobEventMembers members)
    {
        // Once for the whole payload: the JSON reader checks only the strings it is asked for.
        if (!Utf8.IsValid(json))
            return "The payload is not valid UTF-8.";

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JobEventLimits.JsonDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "The payload is not a JSON object.";

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = FindMember(ref reader);
                _ = reader.Read();
                if (ReadMember(ref reader, member, ref members) is { } problem)
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

    private static string? ReadMember(ref Utf8JsonReader reader, WireMember member, ref JobEventMembers members)
    {
        return member switch
        {
            WireMember.Version => ReadVersion(ref reader),
            WireMember.JobId => ReadJobId(ref reader, out members.JobId),
            WireMember.EventType => ReadEventType(ref reader, ref members),
            WireMember.Timestamp => ReadTimestamp(ref reader, out members.Timestamp),
            WireMember.WorkerId => WireValue.Text(ref reader, "worker_id", member, ref members.Unread),
            WireMember.WorkerType => WireValue.Text(ref reader, "worker_type", member, ref members.Unread),
            WireMember.QueueName => WireValue.Text(ref reader, "queue_name", member, ref members.Unread),
            WireMember.Message => WireValue.Text(ref reader, "message", member, ref members.Unread),
            WireMember.Details => WireValue.Fields(ref reader, "details", out members.Details),
            WireMember.ErrorType => WireValue.Text(ref reader, "error_type", member, ref members.Unread),
            WireMember.ErrorMessage => WireValue.Text(ref reader, "error_message", member, ref members.Unread),
            WireMember.DurationMs => WireValue.Metric(ref reader, "duration_ms", member, ref members.Unread),
            WireMember.MemoryMb => WireValue.Metric(ref reader, "memory_mb", member, ref members.Unread),
            WireMember.CpuTimeMs => WireValue.Metric(ref reader, "cpu_time_ms", member, ref members.Unread),
            WireMember.Tags => WireValue.CheckTags(ref reader, ref members.Unread),
            WireMember.Metadata => WireValue.Fields(ref reader, "metadata", out members.Metadata),
            WireMember.Attempt => WireValue.Attempt(ref reader, out members.Attempt),
            WireMember.RunId or WireMember.ParentId or WireMember.RootId or WireMember.CorrelationId
                or WireMember.ErrorStack or WireMember.ErrorFingerprint => WireValue.OurText(ref reader, member, ref members.Unread),
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

    private static string? ReadEventType(ref Utf8JsonReader reader, ref JobEventMembers members)
    {
        members.EventName = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"event_type is {WireValue.Kind(reader.TokenType)}, not a string.";

        if (!reader.ValueIsEscaped && EventNames.IsValid(reader.ValueSpan))
        {
            members.EventName = EventNames.Intern(reader.ValueSpan, out members.EventType);
            return null;
        }

        var eventName = WireString.Text(ref reader, out _);
        (members.EventName, members.EventType) = (eventName, EventNames.TypeOf(eventName));
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
