using System.Globalization;

namespace Naq.Events.Serialization;

/// <summary>One method for each type a detail may have. The text is what System.Text.Json writes for the same value.</summary>
internal sealed partial class Utf8JsonBuffer
{
    public void Value(string value) => String(value.AsSpan());

    public void Value(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Value(char value) => String(new ReadOnlySpan<char>(in value));

    /// <summary>Writes a number of an integral type or a decimal.</summary>
    public void Number<T>(T value)
        where T : IUtf8SpanFormattable => Formatted(value);

    /// <summary>Writes a number, or a named literal such as <c>"NaN"</c>, as JSON has no number for those.</summary>
    public void Value(double value)
    {
        if (double.IsFinite(value))
            Formatted(value);
        else
            NamedLiteral(value);
    }

    /// <inheritdoc cref="Value(double)"/>
    public void Value(float value)
    {
        if (float.IsFinite(value))
            Formatted(value);
        else
            NamedLiteral(value);
    }

    public void Value(Guid value) => Quoted(value, "D");

    public void Value(DateTime value) => Iso8601(value);

    public void Value(DateTimeOffset value) => Iso8601(value);

    public void Value(DateOnly value) => Quoted(value, "O");

    public void Value(TimeOnly value) => Quoted(value.ToTimeSpan(), "c");

    public void Value(TimeSpan value) => Quoted(value, "c");

    /// <summary>Writes Unix microseconds as the wire's decimal seconds: 1634567890.123 is 1634567890.123000.</summary>
    public void UnixSeconds(long microseconds)
    {
        var (seconds, fraction) = Math.DivRem(microseconds, 1_000_000);
        Formatted(seconds);
        var destination = Reserve(7);
        destination[0] = (byte)'.';
        ShortDecimal.WriteMillionths((int)fraction, destination[1..]);
        Length += 7;
    }

    private void NamedLiteral(double value) =>
        Raw(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);

    private void Quoted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Byte((byte)'"');
        Formatted(value, format);
        Byte((byte)'"');
    }

    // The round-trip format always has seven fraction digits; System.Text.Json leaves out those that say nothing.
    private void Iso8601<T>(T value)
        where T : IUtf8SpanFormattable
    {
        const int FractionStart = 19;
        const int FractionEnd = 27;
        Span<byte> text = stackalloc byte[40];
        _ = value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        var fraction = text[FractionStart..FractionEnd].TrimEnd((byte)'0');
        if (fraction.Length == 1)
            fraction = default;

        Byte((byte)'"');
        Raw(text[..FractionStart]);
        Raw(fraction);
        Raw(text[FractionEnd..length]);
        Byte((byte)'"');
    }
}
