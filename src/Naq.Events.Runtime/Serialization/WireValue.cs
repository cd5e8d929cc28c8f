using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>
/// Reads one member's value. Each returns what is malformed about it, or nothing. Null and empty count as missing. In a member
/// that is not the guide's the wrong type reads as none, for a foreign writer was free to use that name.
/// </summary>
internal static class WireValue
{
    private const int ShownCharacters = 64;

    public static string? Text(ref Utf8JsonReader reader, string name, out string? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return $"{name} is {Kind(reader.TokenType)}, not a string.";

        value = NoneIfEmpty(WireString.Text(ref reader, out _));
        return null;
    }

    public static string? OurText(ref Utf8JsonReader reader, out string? value)
    {
        value = reader.TokenType == JsonTokenType.String ? NoneIfEmpty(WireString.Text(ref reader, out _)) : null;
        return Skip(ref reader);
    }

    public static string? Attempt(ref Utf8JsonReader reader, out int? value)
    {
        value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var attempt) && attempt >= 1 ? attempt : null;
        return Skip(ref reader);
    }

    public static string? Metric(ref Utf8JsonReader reader, string name, out double? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.Number)
            return $"{name} is {Kind(reader.TokenType)}, not a number.";

        if (!reader.TryGetDouble(out var number) || !double.IsFinite(number))
            return $"{name} is too large a number.";

        value = number;
        return null;
    }

    public static string? Fields(ReadOnlySpan<byte> payload, ref Utf8JsonReader reader, string name, out JobEventFields value)
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

        value = JobEventFields.FromValid(payload[start..(int)reader.BytesConsumed].ToArray());
        return null;
    }

    public static string? Tags(ref Utf8JsonReader reader, out Dictionary<string, string>? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.StartObject)
            return $"tags is {Kind(reader.TokenType)}, not an object.";

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = WireString.Text(ref reader, out _);
            _ = reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                _ = value?.Remove(name);
                continue;
            }

            if (reader.TokenType != JsonTokenType.String)
                return $"tag '{Shown(name)}' is {Kind(reader.TokenType)}, not a string.";

            value ??= new Dictionary<string, string>(StringComparer.Ordinal);
            value[name] = WireString.Text(ref reader, out _);
        }

        return null;
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

    private static string? NoneIfEmpty(string text) => text.Length == 0 ? null : text;
}
