using System.Buffers;
using System.Globalization;
using System.Text;

namespace Naq.Events.Serialization;

/// <summary>Escaping and unescaping of JSON strings, RFC 8259 section 7.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> NeedEscape = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\"u8);

    public static int IndexOfEscape(ReadOnlySpan<byte> utf8) => utf8.IndexOfAny(NeedEscape);

    public static void WriteEscape(Utf8JsonBuffer buffer, byte character)
    {
        buffer.Byte((byte)'\\');
        switch (character)
        {
            case (byte)'"' or (byte)'\\':
                buffer.Byte(character);
                break;
            case (byte)'\n':
                buffer.Byte((byte)'n');
                break;
            case (byte)'\r':
                buffer.Byte((byte)'r');
                break;
            case (byte)'\t':
                buffer.Byte((byte)'t');
                break;
            case (byte)'\b':
                buffer.Byte((byte)'b');
                break;
            case (byte)'\f':
                buffer.Byte((byte)'f');
                break;
            default:
                buffer.Raw("u00"u8);
                buffer.Formatted(character, "X2");
                break;
        }
    }

    /// <summary>Reads the inside of a JSON string that a JSON reader has found well-formed.</summary>
    /// <param name="escaped">The bytes between the quotes.</param>
    /// <param name="loneSurrogate">Whether an escape stood for half a character; it reads as U+FFFD.</param>
    public static string Unescape(ReadOnlySpan<byte> escaped, out bool loneSurrogate)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is var index and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..index]));
            var kind = escaped[index + 1];
            if (kind == (byte)'u')
            {
                text.Append((char)ushort.Parse(escaped.Slice(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                escaped = escaped[(index + 6)..];
                continue;
            }

            text.Append(kind switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                _ => (char)kind,
            });
            escaped = escaped[(index + 2)..];
        }

        text.Append(Encoding.UTF8.GetString(escaped));
        return ReplaceLoneSurrogates(text.ToString(), out loneSurrogate);
    }

    /// <summary>The text with every lone surrogate made U+FFFD; the same instance when there is none.</summary>
    public static string ReplaceLoneSurrogates(string text, out bool found)
    {
        found = IndexOfLoneSurrogate(text) >= 0;
        // UTF-8 cannot hold half a character: the encoder's replacement is the one the standard names.
        return found ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        var position = 0;
        while (text[position..].IndexOfAnyInRange('\uD800', '\uDFFF') is var index and >= 0)
        {
            position += index;
            if (!char.IsHighSurrogate(text[position]) || position + 1 == text.Length || !char.IsLowSurrogate(text[position + 1]))
                return position;

            position += 2;
        }

        return -1;
    }
}
