using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.Transfer;

/// <summary>
/// One line of an export: the event's JSON as it is on the wire, with what travels outside of it as further members in front, which
/// readers of events pass over.
/// </summary>
internal readonly record struct EventLine(JobEvent Event, string? Environment, string? Service)
{
    public static void Write(JobEvent jobEvent, ArrayBufferWriter<byte> line)
    {
        var wire = new ArrayBufferWriter<byte>();
        jobEvent.WriteTo(wire);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            if (jobEvent.Id != Guid.Empty)
                writer.WriteString("id"u8, jobEvent.Id);
            else if (jobEvent.MessageId is { } messageId)
                writer.WriteString("message_id"u8, messageId);

            writer.WriteNumber("sequence"u8, jobEvent.Sequence);
            writer.WriteString("environment"u8, jobEvent.Environment);
            writer.WriteString("service"u8, jobEvent.Service);
            if (jobEvent.TraceParent is { } traceParent)
                writer.WriteString("traceparent"u8, traceParent);

            // The object goes on with the members of the wire, as they are.
            writer.Flush();
        }

        line.Write(","u8);
        WriteUnbroken(wire.WrittenSpan[1..], line);
        line.Write("\n"u8);
    }

    /// <summary>Reads a line back, or says what is wrong with it.</summary>
    public static string? Read(ReadOnlySpan<byte> utf8, out EventLine line)
    {
        line = default;
        if (!JobEvent.TryParse(utf8, out var jobEvent, out var problem))
            return problem;

        var outside = default(Members);
        ReadOutside(utf8, ref outside);
        if (outside.Id is { } text && !Guid.TryParse(text, out _))
            return $"The id '{text}' is not a UUID.";

        var id = outside.Id is { } given ? Guid.Parse(given) : IdOf(utf8);
        line = new EventLine(jobEvent with { Id = id, TraceParent = outside.TraceParent }, outside.Environment, outside.Service);
        return null;
    }

    /// <summary>An id for an event that has none: the same whenever the line is read, so that it is stored once.</summary>
    private static Guid IdOf(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(utf8, hash);

        // A UUID of version 8 (RFC 9562, section 5.8).
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static void ReadOutside(ReadOnlySpan<byte> utf8, ref Members members)
    {
        var reader = new Utf8JsonReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (WireString.Matches(ref reader, "id"))
                members.Id = Text(ref reader);
            else if (WireString.Matches(ref reader, "environment"))
                members.Environment = Text(ref reader);
            else if (WireString.Matches(ref reader, "service"))
                members.Service = Text(ref reader);
            else if (WireString.Matches(ref reader, "traceparent"))
                members.TraceParent = Text(ref reader);
            else
                reader.Skip();
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return WireString.Text(JsonElement.ParseValue(ref reader));

        reader.Skip();
        return null;
    }

    /// <summary>Details of other writers may be laid out over several lines. In JSON a raw line break is never part of a value.</summary>
    private static void WriteUnbroken(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> line)
    {
        var destination = line.GetSpan(json.Length)[..json.Length];
        json.Replace(destination, (byte)'\n', (byte)' ');
        destination.Replace((byte)'\r', (byte)' ');
        line.Advance(json.Length);
    }

    private struct Members
    {
        public string? Id;
        public string? Environment;
        public string? Service;
        public string? TraceParent;
    }
}
