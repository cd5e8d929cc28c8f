using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// Reads acknowledgements. The form that servers write for a stored message is read at a glance; a refusal, or any other form,
/// with the JSON reader.
/// </summary>
internal static class PublishAckParser
{
    private const int ShownBytes = 200;

    public static PublishAck Parse(ReadOnlySpan<byte> utf8Json) =>
        TryParseStored(utf8Json, out var ack) ? ack : ParseAnyForm(utf8Json);

    private static bool TryParseStored(ReadOnlySpan<byte> utf8Json, out PublishAck ack)
    {
        ack = default;
        if (!utf8Json.StartsWith("{\"stream\":\""u8))
            return false;

        // A stream's name has no quotation mark. Servers write a space before the sequence.
        var rest = utf8Json[11..];
        var end = rest.IndexOf((byte)'"');
        if (end < 0)
            return false;

        rest = rest[(end + 1)..];
        var start = rest.StartsWith(", \"seq\":"u8) ? 8 : rest.StartsWith(",\"seq\":"u8) ? 7 : -1;
        if (start < 0 || !Utf8Parser.TryParse(rest[start..], out ulong sequence, out var digits) || sequence == 0)
            return false;

        rest = rest[(start + digits)..];
        var duplicate = !rest.SequenceEqual("}"u8) && rest.IndexOf("\"duplicate\":true"u8) >= 0;
        if (rest.IsEmpty || (rest[0] != (byte)'}' && !duplicate))
            return false;

        ack = new PublishAck(sequence, duplicate, 0, null);
        return true;
    }

    private static PublishAck ParseAnyForm(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ParseObject(ref reader) : NotUnderstood(utf8Json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return NotUnderstood(utf8Json);
        }
    }

    private static PublishAck ParseObject(ref Utf8JsonReader reader)
    {
        var ack = default(PublishAck);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.ValueTextEquals("seq"u8) ? 's'
                : reader.ValueTextEquals("duplicate"u8) ? 'd'
                : reader.ValueTextEquals("error"u8) ? 'e'
                : ' ';
            _ = reader.Read();
            switch (member)
            {
                case 's':
                    ack = ack with { Sequence = reader.GetUInt64() };
                    break;
                case 'd':
                    ack = ack with { Duplicate = reader.GetBoolean() };
                    break;
                case 'e' when reader.TokenType == JsonTokenType.StartObject:
                    ack = ParseError(ref reader, ack);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (ack.Refusal is not null)
            return ack with { Sequence = 0 };

        return ack.Sequence > 0 ? ack : ack with { Refusal = "the server's answer names no sequence" };
    }

    private static PublishAck ParseError(ref Utf8JsonReader reader, PublishAck ack)
    {
        ack = ack with { Refusal = "the server gives no reason" };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("err_code"u8);
            var isDescription = reader.ValueTextEquals("description"u8);
            _ = reader.Read();
            if (isCode)
                ack = ack with { ErrorCode = reader.GetInt32() };
            else if (isDescription && reader.GetString() is { Length: > 0 } description)
                ack = ack with { Refusal = description };
            else
                reader.Skip();
        }

        return ack;
    }

    private static PublishAck NotUnderstood(ReadOnlySpan<byte> utf8Json) => new(
        0, false, 0, $"the server's answer is not understood: {Encoding.UTF8.GetString(utf8Json[..Math.Min(utf8Json.Length, ShownBytes)])}");
}
