using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>
/// A JSON object, kept as raw UTF-8 and read when asked: the details or the metadata of an event. Two are equal when their
/// bytes are. The default value is the empty object.
/// </summary>
public readonly struct JobEventFields : IEquatable<JobEventFields>
{
    // Those of an event that was read are a part of its JSON.
    private readonly byte[]? _utf8;
    private readonly int _start;
    private readonly int _length;

    private JobEventFields(byte[] utf8, int start, int length, Range[]? dynamicParts = null)
    {
        _utf8 = utf8;
        _start = start;
        _length = length;
        DynamicParts = dynamicParts;
    }

    /// <summary>Whether there are no fields.</summary>
    public bool IsEmpty => _utf8 is null;

    /// <summary>The object's UTF-8; <c>{}</c> when it is empty.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8 is null ? "{}"u8 : _utf8.AsSpan(_start, _length);

    /// <summary>
    /// The values within which names come from run time; <see langword="null"/> when all names do, or may, as nobody knows better.
    /// </summary>
    internal Range[]? DynamicParts { get; }

    /// <summary>Reads a JSON object and keeps a copy.</summary>
    /// <param name="utf8">The object, at most <see cref="JobEventLimits.EventBytes"/> long and 63 levels deep.</param>
    /// <exception cref="ArgumentException">The text is too long, not valid UTF-8, not JSON, not an object or too deep.</exception>
    public static JobEventFields Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > JobEventLimits.EventBytes)
            throw new ArgumentException($"The JSON has {utf8.Length} bytes; the limit is {JobEventLimits.EventBytes}.", nameof(utf8));

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw new ArgumentException("The text is not valid UTF-8.", nameof(utf8));

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JobEventLimits.JsonDepth - 1 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new ArgumentException("The fields of an event are a JSON object: {\"name\": value}.", nameof(utf8));

            var start = (int)reader.TokenStartIndex;
            var empty = !reader.Read() || reader.TokenType == JsonTokenType.EndObject;
            while (reader.Read())
            {
            }

            return empty ? default : FromValid(utf8[start..(int)reader.BytesConsumed].TrimEnd(" \t\r\n"u8).ToArray());
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The text is not valid JSON: {exception.Message}", nameof(utf8), exception);
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    /// <param name="json">The object as text.</param>
    public static JobEventFields Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Writes a value of the application's own as fields.</summary>
    /// <typeparam name="T">A type whose JSON is an object.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">How to write it, from a source-generated context.</param>
    /// <exception cref="ArgumentException">The JSON is not an object, or over a limit.</exception>
    public static JobEventFields From<T>(T value, JsonTypeInfo<T> typeInfo) =>
        Parse(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>Reads the fields as a value of the application's own.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="typeInfo">How to read it, from a source-generated context.</param>
    /// <exception cref="JsonException">The fields do not fit the type.</exception>
    public T? To<T>(JsonTypeInfo<T> typeInfo) => JsonSerializer.Deserialize(Utf8, typeInfo);

    /// <summary>Finds a field. Of several with one name the last counts.</summary>
    /// <param name="name">The field's name, compared exactly.</param>
    /// <param name="value">Its value; it does not depend on this object's lifetime.</param>
    /// <returns>Whether there is such a field; a null counts as none.</returns>
    public bool TryGetValue(string name, [NotNullWhen(true)] out JsonElement? value)
    {
        value = null;
        if (!TryGetJson(name, out var json))
            return false;

        var reader = new Utf8JsonReader(json, isFinalBlock: true, default);
        value = JsonElement.ParseValue(ref reader);
        return true;
    }

    /// <summary>Finds a field as it is written, without an allocation. Of several with one name the last counts.</summary>
    /// <returns>Whether there is such a field; a null counts as none.</returns>
    internal bool TryGetJson(string name, out ReadOnlySpan<byte> json)
    {
        json = default;
        return _utf8 is not null && ValidJson.TryFind(Utf8, name, out json);
    }

    /// <summary>The text of a field, or <see langword="null"/> when there is none or it is not a string.</summary>
    /// <param name="name">The field's name.</param>
    public string? GetString(string name) =>
        TryGetJson(name, out var json) && json[0] == (byte)'"' ? ValidJson.Text(json, 0) : null;

    /// <summary>The number of a field, or <see langword="null"/> when there is none or it is not an integer of 64 bits.</summary>
    /// <param name="name">The field's name.</param>
    public long? GetInt64(string name) => TryGetValue(name, out var value)
        && value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt64(out var number) ? number : null;

    /// <summary>The number of a field, or <see langword="null"/> when there is none or it is not a number.</summary>
    /// <param name="name">The field's name.</param>
    public double? GetDouble(string name) => TryGetValue(name, out var value)
        && value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetDouble(out var number) ? number : null;

    /// <summary>The truth of a field, or <see langword="null"/> when there is none or it is not true or false.</summary>
    /// <param name="name">The field's name.</param>
    public bool? GetBoolean(string name) => TryGetValue(name, out var value)
        ? value.Value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
        : null;

    /// <inheritdoc/>
    public bool Equals(JobEventFields other) => Utf8.SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JobEventFields other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    /// <summary>The object's JSON.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>Whether both have the same bytes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(JobEventFields left, JobEventFields right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(JobEventFields left, JobEventFields right) => !left.Equals(right);

    /// <summary>Takes bytes that are known to be a valid, non-empty object, without copying them.</summary>
    internal static JobEventFields FromValid(byte[]? utf8, Range[]? dynamicParts = null) =>
        utf8 is null ? default : new(utf8, 0, utf8.Length, dynamicParts);

    /// <summary>Takes a part of bytes that are kept anyway; default for an empty range.</summary>
    internal static JobEventFields FromValid(byte[] json, Range part)
    {
        var (start, length) = part.GetOffsetAndLength(json.Length);
        return length == 0 ? default : new(json, start, length);
    }
}
