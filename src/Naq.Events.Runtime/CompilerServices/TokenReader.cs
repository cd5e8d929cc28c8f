using System.Globalization;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>Reads one simple type from the token a reader is at, as System.Text.Json does.</summary>
internal abstract class TokenReader<T>(string expected)
    where T : struct
{
    public static TokenReader<T> Instance { get; } = TokenReaders.Find<T>();

    /// <summary>What is expected, for errors.</summary>
    public string Expected { get; } = expected;

    public abstract bool TryRead(ref Utf8JsonReader reader, out T value);
}

/// <summary>The readers of the simple types. A number must fit its type: nothing is rounded or cut.</summary>
internal static class TokenReaders
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(bool)] = new Boolean(),
        [typeof(char)] = new Text<char>("a string of one character", char.TryParse),
        [typeof(sbyte)] = Integer<sbyte>("an integer of 8 bits", static (ref r, out v) => r.TryGetSByte(out v)),
        [typeof(byte)] = Integer<byte>("an integer from 0 to 255", static (ref r, out v) => r.TryGetByte(out v)),
        [typeof(short)] = Integer<short>("an integer of 16 bits", static (ref r, out v) => r.TryGetInt16(out v)),
        [typeof(ushort)] = Integer<ushort>("an integer of 16 bits without sign", static (ref r, out v) => r.TryGetUInt16(out v)),
        [typeof(int)] = Integer<int>("an integer of 32 bits", static (ref r, out v) => r.TryGetInt32(out v)),
        [typeof(uint)] = Integer<uint>("an integer of 32 bits without sign", static (ref r, out v) => r.TryGetUInt32(out v)),
        [typeof(long)] = Integer<long>("an integer of 64 bits", static (ref r, out v) => r.TryGetInt64(out v)),
        [typeof(ulong)] = Integer<ulong>("an integer of 64 bits without sign", static (ref r, out v) => r.TryGetUInt64(out v)),
        [typeof(Int128)] = Parsed<Int128>("an integer of 128 bits", NumberStyles.AllowLeadingSign),
        [typeof(UInt128)] = Parsed<UInt128>("an integer of 128 bits without sign", NumberStyles.None),
        [typeof(decimal)] = Integer<decimal>("a number that a decimal holds", static (ref r, out v) => r.TryGetDecimal(out v)),
        [typeof(Half)] = new Floating<Half>(),
        [typeof(float)] = new Floating<float>(),
        [typeof(double)] = new Floating<double>(),
        [typeof(Guid)] = String<Guid>("a UUID in a string", static (ref r, out v) => r.TryGetGuid(out v)),
        [typeof(DateTime)] = String<DateTime>(
            "an ISO 8601 date and time in a string", static (ref r, out v) => r.TryGetDateTime(out v)),
        [typeof(DateTimeOffset)] = String<DateTimeOffset>(
            "an ISO 8601 date and time in a string", static (ref r, out v) => r.TryGetDateTimeOffset(out v)),
        [typeof(DateOnly)] = new Text<DateOnly>(
            "a date (2026-01-31) in a string",
            static (t, out v) => DateOnly.TryParseExact(t, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out v)),
        [typeof(TimeOnly)] = new Text<TimeOnly>("a time (13:45:00) in a string", ReadTime),
        [typeof(TimeSpan)] = new Text<TimeSpan>(
            "a time span (1.02:03:04) in a string", static (t, out v) => TimeSpan.TryParseExact(t, "c", Invariant, out v)),
    };

    private delegate bool ReadToken<T>(ref Utf8JsonReader reader, out T value);

    public static TokenReader<T> Find<T>()
        where T : struct => (TokenReader<T>)All[typeof(T)];

    private static Token<T> Integer<T>(string expected, ReadToken<T> read)
        where T : struct => new(expected, JsonTokenType.Number, read);

    private static Token<T> String<T>(string expected, ReadToken<T> read)
        where T : struct => new(expected, JsonTokenType.String, read);

    private static Token<T> Parsed<T>(string expected, NumberStyles styles)
        where T : struct, System.Numerics.INumberBase<T> =>
        new(expected, JsonTokenType.Number, (ref r, out v) => T.TryParse(r.ValueSpan, styles, Invariant, out v));

    // It is written as the span since midnight, with which a day and more would fit too.
    private static bool ReadTime(string text, out TimeOnly value)
    {
        var fits = TimeSpan.TryParseExact(text, "c", Invariant, out var span)
            && span >= TimeSpan.Zero && span < TimeSpan.FromDays(1);
        value = fits ? TimeOnly.FromTimeSpan(span) : default;
        return fits;
    }

    private sealed class Token<T>(string expected, JsonTokenType type, ReadToken<T> read) : TokenReader<T>(expected)
        where T : struct
    {
        public override bool TryRead(ref Utf8JsonReader reader, out T value)
        {
            value = default;
            return reader.TokenType == type && read(ref reader, out value);
        }
    }

    private sealed class Text<T>(string expected, TryRead<string, T> parse) : TokenReader<T>(expected)
        where T : struct
    {
        public override bool TryRead(ref Utf8JsonReader reader, out T value)
        {
            value = default;
            return reader.TokenType == JsonTokenType.String && parse(WireString.Text(ref reader, out _), out value);
        }
    }

    private sealed class Boolean() : TokenReader<bool>("true or false")
    {
        public override bool TryRead(ref Utf8JsonReader reader, out bool value)
        {
            value = reader.TokenType == JsonTokenType.True;
            return value || reader.TokenType == JsonTokenType.False;
        }
    }

    // JSON has no number for what is not finite; the writer gives it its name.
    private sealed class Floating<T>() : TokenReader<T>("a number")
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        public override bool TryRead(ref Utf8JsonReader reader, out T value)
        {
            value = T.Zero;
            if (reader.TokenType == JsonTokenType.Number)
                return T.TryParse(reader.ValueSpan, NumberStyles.Float, Invariant, out value) && T.IsFinite(value);

            if (reader.TokenType != JsonTokenType.String)
                return false;

            value = WireString.Matches(ref reader, "NaN") ? T.NaN
                : WireString.Matches(ref reader, "Infinity") ? T.PositiveInfinity
                : WireString.Matches(ref reader, "-Infinity") ? T.NegativeInfinity
                : T.Zero;
            return value != T.Zero;
        }
    }
}
