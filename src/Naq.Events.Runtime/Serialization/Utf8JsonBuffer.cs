using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Naq.Events.Serialization;

/// <summary>
/// A growing buffer that JSON is written into as UTF-8. One is kept for each thread; a nested use gets another. It escapes only
/// what RFC 8259 requires: quotation mark, reverse solidus and control characters.
/// </summary>
internal sealed partial class Utf8JsonBuffer
{
    private const int InitialCapacity = 1024;
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static Utf8JsonBuffer? _cached;

    private byte[] _bytes = new byte[InitialCapacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The byte written last, or 0.</summary>
    public byte LastByte => Length == 0 ? (byte)0 : _bytes[Length - 1];

    public static Utf8JsonBuffer Rent()
    {
        var buffer = _cached ?? new Utf8JsonBuffer();
        _cached = null;
        buffer.Length = 0;
        return buffer;
    }

    /// <summary>Gives the buffer back to the current thread; the caller must not touch it again.</summary>
    public void Return()
    {
        if (_bytes.Length <= KeptCapacity)
            _cached = this;
    }

    public void Truncate(int length) => Length = length;

    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Byte(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);

        _bytes[Length++] = value;
    }

    /// <summary>Writes plain text, unescaped; a lone surrogate becomes U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var destination = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _ = Utf8.FromUtf16(text, destination, out _, out var written);
        Length += written;
    }

    /// <summary>Writes a value's text, unescaped, with the invariant culture.</summary>
    public void Formatted<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        if (typeof(T) == typeof(double) && TryFormatSimple((double)(object)value, format))
            return;

        var needed = 64;
        int written;
        while (!value.TryFormat(Reserve(needed), out written, format, CultureInfo.InvariantCulture))
            needed *= 2;

        Length += written;
    }

    /// <summary>Writes text as a JSON string, quotes included; a lone surrogate becomes U+FFFD.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        var destination = Reserve(text.Length + 2);
        if (PlainText.TryCopy(text, destination[1..]))
        {
            destination[0] = (byte)'"';
            destination[text.Length + 1] = (byte)'"';
            Length += text.Length + 2;
            return;
        }

        Byte((byte)'"');
        var start = Length;
        Text(text);
        EscapeFrom(start);
        Byte((byte)'"');
    }

    /// <summary>Writes UTF-8 text as a JSON string, quotes included.</summary>
    public void String(ReadOnlySpan<byte> utf8)
    {
        Byte((byte)'"');
        Escaped(utf8);
        Byte((byte)'"');
    }

    /// <summary>Writes what stands before a value in an object: a comma or brace, the name and a colon.</summary>
    public void Name(byte before, ReadOnlySpan<byte> utf8)
    {
        if (JsonText.IndexOfEscape(utf8) >= 0)
        {
            Byte(before);
            String(utf8);
            Byte((byte)':');
            return;
        }

        var destination = Reserve(utf8.Length + 4);
        destination[0] = before;
        destination[1] = (byte)'"';
        utf8.CopyTo(destination[2..]);
        destination[utf8.Length + 2] = (byte)'"';
        destination[utf8.Length + 3] = (byte)':';
        Length += utf8.Length + 4;
    }

    /// <summary>Escapes, in place, what was written from <paramref name="start"/> on.</summary>
    public void EscapeFrom(int start)
    {
        var written = _bytes.AsSpan(start, Length - start);
        var first = JsonText.IndexOfEscape(written);
        if (first < 0)
            return;

        var tail = written[first..].ToArray();
        Length = start + first;
        Escaped(tail);
    }

    /// <summary>Makes the bytes from <paramref name="start"/> to <paramref name="end"/> into <paramref name="replacement"/>.</summary>
    public void Replace(int start, int end, ReadOnlySpan<byte> replacement)
    {
        var tail = _bytes.AsSpan(end, Length - end).ToArray();
        Length = start;
        Raw(replacement);
        Raw(tail);
    }

    private void Escaped(ReadOnlySpan<byte> utf8)
    {
        while (JsonText.IndexOfEscape(utf8) is var index and >= 0)
        {
            Raw(utf8[..index]);
            JsonText.WriteEscape(this, utf8[index]);
            utf8 = utf8[(index + 1)..];
        }

        Raw(utf8);
    }

    private bool TryFormatSimple(double value, ReadOnlySpan<char> format)
    {
        var destination = Reserve(64);
        int written;
        var simple = format switch
        {
            [] => ShortDecimal.TryFormat(value, destination, out written),
            ['F' or 'f', >= '0' and <= '9' and var digits] => ShortDecimal.TryFormatFixed(value, digits - '0', destination, out written),
            _ => (written = 0) > 0,
        };
        Length += written;
        return simple;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Grow(count);

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) =>
        Array.Resize(ref _bytes, Math.Max(checked(Length + count), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
}
