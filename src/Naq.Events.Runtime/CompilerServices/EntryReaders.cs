using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>
/// The readers of the types a handler's parameter may have. A number must fit its type: nothing is rounded or cut. Texts are
/// those that <see cref="JobEventFieldsBuilder"/> writes, and in tags those that the invariant culture writes.
/// </summary>
internal static class EntryReaders
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static readonly EntryReader<bool> Boolean = new("true or false", ReadBoolean, bool.TryParse)
    {
        Utf8 = static (json, out v) => (v = json.SequenceEqual("true"u8)) || json.SequenceEqual("false"u8),
    };

    public static readonly EntryReader<char> Char = Text<char>("a string of one character", char.TryParse);

    public static readonly EntryReader<sbyte> SByte = Number<sbyte>("an integer of 8 bits", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<byte> Byte = Number<byte>("an integer from 0 to 255", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<short> Int16 = Number<short>("an integer of 16 bits", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<ushort> UInt16 = Number<ushort>("an integer of 16 bits without sign", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<int> Int32 = Number<int>("an integer of 32 bits", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<uint> UInt32 = Number<uint>("an integer of 32 bits without sign", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<long> Int64 = Number<long>("an integer of 64 bits", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<ulong> UInt64 = Number<ulong>("an integer of 64 bits without sign", NumberStyles.AllowLeadingSign);

    public static readonly EntryReader<float> Single =
        new("a number", ReadSingle, static (t, out v) => float.TryParse(t, NumberStyles.Float, Invariant, out v));

    public static readonly EntryReader<double> Double =
        new("a number", ReadDouble, static (t, out v) => double.TryParse(t, NumberStyles.Float, Invariant, out v))
        {
            Utf8 = static (json, out v) =>
            {
                v = 0;
                return IsNumber(json) && double.TryParse(json, NumberStyles.Float, Invariant, out v) && double.IsFinite(v);
            },
        };

    public static readonly EntryReader<decimal> Decimal =
        Number<decimal>("a number that a decimal holds", NumberStyles.Float);

    public static readonly EntryReader<Guid> Guid = Text<Guid>("a UUID in a string", System.Guid.TryParse);

    public static readonly EntryReader<DateTime> DateTime =
        new("an ISO 8601 date and time in a string",
            static (e, out v) => IsString(e, out v) && e.TryGetDateTime(out v),
            ParseDateTime);

    public static readonly EntryReader<DateTimeOffset> DateTimeOffset =
        new("an ISO 8601 date and time in a string",
            static (e, out v) => IsString(e, out v) && e.TryGetDateTimeOffset(out v),
            ParseDateTimeOffset);

    public static readonly EntryReader<DateOnly> DateOnly = Text<DateOnly>(
        "a date (2026-01-31) in a string",
        static (t, out v) => System.DateOnly.TryParse(t, Invariant, DateTimeStyles.None, out v));

    public static readonly EntryReader<TimeOnly> TimeOnly = Text<TimeOnly>(
        "a time (13:45:00) in a string",
        static (t, out v) => System.TimeOnly.TryParse(t, Invariant, DateTimeStyles.None, out v));

    public static readonly EntryReader<TimeSpan> TimeSpan = Text<TimeSpan>(
        "a time span (1.02:03:04) in a string",
        static (t, out v) => System.TimeSpan.TryParseExact(t, "c", Invariant, out v));

    // A number of JSON is one of the invariant culture, so the text of a tag is read alike.
    private static EntryReader<T> Number<T>(string expected, NumberStyles style)
        where T : struct, System.Numerics.INumberBase<T> => new(
            expected,
            (e, out v) =>
            {
                v = default;
                return e.ValueKind == JsonValueKind.Number
                    && T.TryParse(JsonMarshal.GetRawUtf8Value(e), style, Invariant, out v);
            },
            (t, out v) => T.TryParse(t, style, Invariant, out v))
        {
            Utf8 = (json, out v) =>
            {
                v = default;
                return IsNumber(json) && T.TryParse(json, style, Invariant, out v);
            },
        };

    private static bool IsNumber(ReadOnlySpan<byte> json) => json[0] == '-' || char.IsAsciiDigit((char)json[0]);

    private static EntryReader<T> Text<T>(string expected, TryRead<string, T> parse)
        where T : struct => new(
            expected,
            (e, out v) =>
            {
                v = default;
                return e.ValueKind == JsonValueKind.String && parse(WireString.Text(e), out v);
            },
            parse);

    private static bool ReadBoolean(JsonElement element, out bool value)
    {
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    // JSON has no number for these; the writer gives them their names.
    private static bool ReadDouble(JsonElement element, out double value)
    {
        value = 0;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetDouble(out value) && double.IsFinite(value),
            JsonValueKind.String => NamedLiteral(WireString.Text(element), out value),
            _ => false,
        };
    }

    private static bool ReadSingle(JsonElement element, out float value)
    {
        value = 0;
        if (element.ValueKind == JsonValueKind.Number)
            return element.TryGetSingle(out value) && float.IsFinite(value);

        if (!ReadDouble(element, out var named))
            return false;

        value = (float)named;
        return true;
    }

    private static bool NamedLiteral(string? text, out double value)
    {
        value = text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => 0,
        };
        return value != 0;
    }

    private static bool ParseDateTime(string text, out DateTime value) =>
        System.DateTime.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out value);

    private static bool ParseDateTimeOffset(string text, out DateTimeOffset value) =>
        System.DateTimeOffset.TryParse(text, Invariant, DateTimeStyles.AssumeUniversal, out value);

    private static bool IsString<T>(JsonElement element, out T value)
        where T : struct
    {
        value = default;
        return element.ValueKind == JsonValueKind.String;
    }
}
