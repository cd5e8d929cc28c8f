using System.Runtime.InteropServices;
using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>Reads strings from a JSON reader as the wire format says: a lone surrogate escape is U+FFFD, never an exception.</summary>
internal static class WireString
{
    public static bool Matches(ref Utf8JsonReader reader, ReadOnlySpan<char> name) => reader.ValueIsEscaped
        ? name.SequenceEqual(JsonText.Unescape(reader.ValueSpan, out _))
        : reader.ValueTextEquals(name);

    public static string Text(ref Utf8JsonReader reader, out bool loneSurrogate)
    {
        loneSurrogate = false;
        return reader.ValueIsEscaped ? JsonText.Unescape(reader.ValueSpan, out loneSurrogate) : reader.GetString()!;
    }

    public static string Text(JsonElement element) =>
        JsonText.Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1], out _);
}
