using System.Text;
using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>
/// Reads one member's value. Each returns what is malformed about it, or nothing. Null and empty count as missing. In a member
/// that is not the guide's the wrong type reads as none, for a foreign writer was free to use that name.
/// </summary>
internal static class WireValue
{
    private const int ShownCharacters = 64;
    private const int PlainDigits = 64;

    public static string? Text(ref Utf8JsonReader reader, string name, WireMember member, ref UnreadMembers unread)
    {
        unread.Forget(member);
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"{name} is {Kind(reader.TokenType)}, not a string.";

        if (!reader.ValueSpan.IsEmpty)
            unread.Set(member, (int)reader.TokenStartIndex);

        return null;
    }

    public static string? OurText(ref Utf8JsonReader reader, WireMember member, ref UnreadMembers unread)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
            unread.Set(member, (int)reader.TokenStartIndex);
        else
            unread.Forget(member);

        return Skip(ref reader);
    }

    public static string? Attempt(ref Utf8JsonReader reader, out int? value)
    {
        value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var attempt) && attempt >= 1 ? attempt : null;
        return Skip(ref reader);
    }

    public static string? Metric(ref Utf8JsonReader reader, string name, WireMember member, ref UnreadMembers unread)
    {
        unread.Forget(member);
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.Number)
            return $"{name} is {Kind(reader.TokenType)}, not a number.";

        // Only an exponent, or very many digits, can make it too large for a double.
        var isPlain = reader.ValueSpan.Length <= PlainDigits && !reader.ValueSpan.ContainsAny((byte)'e', (byte)'E');
        if (!isPlain && (!reader.TryGetDouble(out var number) || !double.IsFinite(number)))
            return $"{name} is too large a number.";

        unread.Set(member, (int)reader.TokenStartIndex);
        return null;
    }

    public static string? Fields(ref Utf8JsonReader reader, string name, out Range value)
    {
        value = default;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.StartObject)
            return $"{name} is {Kind(reader.TokenType)}, not an object.";

        var start = (int)reader.TokenStartIndex;
        _ = reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
            return null;

        do
        {
            _ = reader.Read();
            reader.Skip();
            _ = reader.Read();
        }
        while (reader.TokenType == JsonTokenType.PropertyName);

        value = start..(int)reader.BytesConsumed;
        return null;
    }

    /// <summary>Looks whether tags are what they should be.</summary>
    public static string? CheckTags(ref Utf8JsonReader reader, ref UnreadMembers unread)
    {
        unread.Forget(WireMember.Tags);
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.StartObject)
            return $"tags is {Kind(reader.TokenType)}, not an object.";

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var isEscaped = reader.ValueIsEscaped;
            _ = reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                var shown = isEscaped ? JsonText.Unescape(name, out _) : Encoding.UTF8.GetString(name);
                return $"tag '{Shown(shown)}' is {Kind(reader.TokenType)}, not a string.";
            }

            unread.Set(WireMember.Tags, start);
        }

        return null;
    }

    /// <summary>Reads tags that were found to be what they should be.</summary>
    public static Dictionary<string, string>? Tags(ref Utf8JsonReader reader)
    {
        Dictionary<string, string>? tags = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = WireString.Text(ref reader, out _);
            _ = reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                _ = tags?.Remove(name);
                continue;
            }

            tags ??= new Dictionary<string, string>(StringComparer.Ordinal);
            tags[name] = WireString.Text(ref reader, out _);
        }

        return tags is { Count: > 0 } ? tags : null;
    }

    public static string? Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    public static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    /// <summary>A foreign text, short enough for a message.</summary>
    public static string Shown(string text) => text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "…");
}
