using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>Reads the values that payload types are made of. For generated code.</summary>
/// <remarks>
/// Each method starts at a value's first token and ends at its last. What does not fit throws a <see cref="JsonException"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobEventValueReader
{
    /// <summary>Starts an object.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>Whether there is one: otherwise there is a null.</returns>
    /// <exception cref="JsonException">There is neither.</exception>
    public static bool BeginObject(ref Utf8JsonReader reader) => Begin(ref reader, JsonTokenType.StartObject, "an object");

    /// <summary>Starts an object that cannot be null.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is no object.</exception>
    public static void RequireObject(ref Utf8JsonReader reader)
    {
        if (!BeginObject(ref reader))
            throw Misfit("an object");
    }

    /// <summary>Goes to the name of the next member.</summary>
    /// <param name="reader">The reader, at the object's start or a member's value.</param>
    /// <returns>Whether there is one: otherwise the object has ended.</returns>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes on to the value when the member has this name.</summary>
    /// <param name="reader">The reader, at a member's name.</param>
    /// <param name="name">The name.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        (reader.ValueIsEscaped ? MatchesEscaped(ref reader, name) : reader.ValueSpan.SequenceEqual(name)) && reader.Read();

    /// <summary>Passes a member that is not known.</summary>
    /// <param name="reader">The reader, at the member's name.</param>
    public static void SkipMember(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        reader.Skip();
    }

    /// <summary>The key of a dictionary's entry; the reader goes on to its value.</summary>
    /// <param name="reader">The reader, at the entry's name.</param>
    public static string Key(ref Utf8JsonReader reader)
    {
        var key = WireString.Text(ref reader, out _);
        _ = reader.Read();
        return key;
    }

    /// <summary>Throws because an object has ended without a member that it must have.</summary>
    /// <param name="name">The member's name.</param>
    /// <exception cref="JsonException">Always.</exception>
    [DoesNotReturn]
    public static void MissingMember(string name) => throw Misfit($"an object with a member '{name}'");

    /// <summary>Starts an array.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>Whether there is one: otherwise there is a null.</returns>
    /// <exception cref="JsonException">There is neither.</exception>
    public static bool BeginArray(ref Utf8JsonReader reader) => Begin(ref reader, JsonTokenType.StartArray, "an array");

    /// <summary>Goes to the next element.</summary>
    /// <param name="reader">The reader, at the array's start or an element.</param>
    /// <returns>Whether there is one: otherwise the array has ended.</returns>
    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>A value of one of the simple types.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is none.</exception>
    public static T Value<T>(ref Utf8JsonReader reader)
        where T : struct
    {
        var tokens = TokenReader<T>.Instance;
        return tokens.TryRead(ref reader, out var value) ? value : throw Misfit(tokens.Expected);
    }

    /// <summary>A value of one of the simple types, or <see langword="null"/> for a null.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is neither.</exception>
    public static T? ValueOrNull<T>(ref Utf8JsonReader reader)
        where T : struct => reader.TokenType == JsonTokenType.Null ? null : Value<T>(ref reader);

    /// <summary>A text, or <see langword="null"/> for a null.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is neither.</exception>
    public static string? Text(ref Utf8JsonReader reader) => Text(ref reader, "a string");

    /// <summary>An address, or <see langword="null"/> for a null.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is neither.</exception>
    public static Uri? Address(ref Utf8JsonReader reader)
    {
        const string Expected = "a URI in a string";
        return Text(ref reader, Expected) is not { } text ? null
            : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : throw Misfit(Expected);
    }

    /// <summary>A version, or <see langword="null"/> for a null.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is neither.</exception>
    public static Version? Version(ref Utf8JsonReader reader)
    {
        const string Expected = "a version (1.2.3) in a string";
        return Text(ref reader, Expected) is not { } text ? null
            : System.Version.TryParse(text, out var version) ? version : throw Misfit(Expected);
    }

    /// <summary>Bytes from Base64, or <see langword="null"/> for a null.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is neither.</exception>
    public static byte[]? Bytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw Misfit("Base64 in a string");
    }

    /// <summary>Any JSON, on its own.</summary>
    /// <param name="reader">The reader.</param>
    public static JsonElement Json(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    /// <summary>Any JSON, or <see langword="null"/> for a null.</summary>
    /// <param name="reader">The reader.</param>
    public static JsonElement? JsonOrNull(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref reader);

    internal static JobEventValueException Misfit(string expected) => new(expected);

    private static bool Begin(ref Utf8JsonReader reader, JsonTokenType start, string expected)
    {
        if (reader.TokenType == start)
            return true;

        return reader.TokenType == JsonTokenType.Null ? false : throw Misfit(expected);
    }

    private static string? Text(ref Utf8JsonReader reader, string expected) => reader.TokenType switch
    {
        JsonTokenType.String => WireString.Text(ref reader, out _),
        JsonTokenType.Null => null,
        _ => throw Misfit(expected),
    };

    private static bool MatchesEscaped(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        WireString.Matches(ref reader, System.Text.Encoding.UTF8.GetString(name));
}
