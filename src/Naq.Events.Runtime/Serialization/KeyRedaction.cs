using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>
/// Takes the values out of members whose names match a pattern. It is for JSON whose names come from run time; where a
/// declaration names a value, the declaration says whether it is redacted.
/// </summary>
internal sealed class KeyRedaction
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = JobEventLimits.JsonDepth };

    private readonly KeyPatterns _patterns;

    private KeyRedaction(KeyPatterns patterns) => _patterns = patterns;

    /// <summary>What takes the place of a value; the attribute's marker.</summary>
    public static ReadOnlySpan<byte> Marker => "\"***\""u8;

    /// <summary>Of the options' defaults.</summary>
    public static KeyRedaction? Default { get; } = Of(new NaqEventsOptions().RedactedKeys);

    /// <summary>A redaction by patterns, or <see langword="null"/> when there are none.</summary>
    public static KeyRedaction? Of(IEnumerable<string> patterns) =>
        KeyPatterns.Of(patterns) is { } compiled ? new KeyRedaction(compiled) : null;

    /// <summary>Writes fields; of those that a declaration named only what is within the parts it did not.</summary>
    public void Write(Utf8JsonBuffer json, JobEventFields fields)
    {
        var utf8 = fields.Utf8;
        if (fields.DynamicParts is not { } parts)
        {
            Write(json, utf8);
            return;
        }

        var written = 0;
        foreach (var part in parts)
        {
            json.Raw(utf8[written..part.Start.Value]);
            Write(json, utf8[part]);
            written = part.End.Value;
        }

        json.Raw(utf8[written..]);
    }

    /// <summary>Writes one JSON value.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="value">Well-formed JSON, no deeper than an event, and not of <paramref name="json"/> itself.</param>
    public void Write(Utf8JsonBuffer json, ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, ReaderOptions);
        var written = 0;
        while (ReadSecret(ref reader))
        {
            json.Raw(value[written..(int)reader.TokenStartIndex]);
            json.Raw(Marker);
            reader.Skip();
            written = (int)reader.BytesConsumed;
        }

        json.Raw(value[written..]);
    }

    /// <summary>Redacts the JSON value that the buffer ends with.</summary>
    public void Apply(Utf8JsonBuffer json, int start)
    {
        var value = json.Written[start..];
        var reader = new Utf8JsonReader(value, ReaderOptions);
        if (!ReadSecret(ref reader))
            return;

        var rented = ArrayPool<byte>.Shared.Rent(value.Length);
        value.CopyTo(rented);
        json.Truncate(start);
        try
        {
            Write(json, rented.AsSpan(0, value.Length));
        }
        finally
        {
            // The array may go to anyone next, and what is redacted is for nobody.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    // Goes to the next value to take out. A null stays, as of the attribute: that there is nothing may be seen.
    private bool ReadSecret(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !Matches(ref reader))
                continue;

            _ = reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
                return true;
        }

        return false;
    }

    private bool Matches(ref Utf8JsonReader reader) => _patterns.Matches(
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Unescape(reader.ValueSpan, out _)) : reader.ValueSpan);
}
