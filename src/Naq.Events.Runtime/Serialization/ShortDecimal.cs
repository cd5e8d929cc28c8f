using System.Buffers.Text;

namespace Naq.Events.Serialization;

/// <summary>
/// The digits of doubles as the framework writes them, for those that are simple: durations, sizes and amounts nearly always are,
/// and finding the digits of any double is what costs most in an event. The others are left to the framework.
/// </summary>
internal static class ShortDecimal
{
    private const int MaxFraction = 6;

    // Fifteen digits: no two decimals of so many are the same double, so that a decimal that is the double is the shortest.
    private const double MaxDigits = 1e15;

    // Below it, the framework writes an exponent.
    private const double Least = 1e-4;

    // Up to here a product's error stays under an eighth of the margin.
    private const double MaxFixed = 1L << 42;
    private const double Margin = 1.0 / 512;

    private static readonly double[] PowersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];

    /// <summary>Writes the shortest decimal that reads back as the value.</summary>
    public static bool TryFormat(double value, Span<byte> destination, out int written)
    {
        written = 0;
        var magnitude = Math.Abs(value);
        if (!(magnitude < MaxDigits) || magnitude < Least)
            return false;

        var whole = Math.Floor(magnitude);
        if (whole == magnitude)
            return TryWrite(value < 0, (long)whole, 0, trim: true, destination, out written);

        // A quotient of two whole numbers is the double nearest to the decimal: the very one that reading it gives.
        var scaled = Math.Round(magnitude * 1e3);
        if (scaled < MaxDigits && scaled / 1e3 == magnitude)
            return TryWrite(value < 0, (long)scaled, 3, trim: true, destination, out written);

        scaled = Math.Round(magnitude * 1e6);
        return scaled < MaxDigits && scaled / 1e6 == magnitude
            && TryWrite(value < 0, (long)scaled, MaxFraction, trim: true, destination, out written);
    }

    /// <summary>Writes a value with so many digits behind the point.</summary>
    public static bool TryFormatFixed(double value, int digits, Span<byte> destination, out int written)
    {
        written = 0;
        if (digits > MaxFraction)
            return false;

        var scaled = Math.Abs(value) * PowersOfTen[digits];
        if (!(scaled < MaxFixed))
            return false;

        // Near a half, the product's error could decide.
        var whole = Math.Floor(scaled);
        var rest = scaled - whole;
        if (Math.Abs(rest - 0.5) < Margin)
            return false;

        return TryWrite(double.IsNegative(value), (long)whole + (rest > 0.5 ? 1 : 0), digits, trim: false, destination, out written);
    }

    /// <summary>Writes the six digits of a fraction of a million.</summary>
    public static void WriteMillionths(int value, Span<byte> destination) => WriteFraction(value, destination[..MaxFraction]);

    private static bool TryWrite(bool negative, long scaled, int digits, bool trim, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < 32)
            return false;

        if (negative)
            destination[written++] = (byte)'-';

        var (whole, fraction) = Split(scaled, digits);
        _ = Utf8Formatter.TryFormat(whole, destination[written..], out var length);
        written += length;
        if (digits == 0 || (trim && fraction == 0))
            return true;

        destination[written++] = (byte)'.';
        WriteFraction((int)fraction, destination.Slice(written, digits));
        written += digits;
        while (trim && destination[written - 1] == (byte)'0')
            written--;

        return true;
    }

    // Divisors that the compiler knows become multiplications.
    private static (long Whole, long Fraction) Split(long scaled, int digits) => digits switch
    {
        0 => (scaled, 0),
        1 => Math.DivRem(scaled, 10),
        2 => Math.DivRem(scaled, 100),
        3 => Math.DivRem(scaled, 1_000),
        4 => Math.DivRem(scaled, 10_000),
        5 => Math.DivRem(scaled, 100_000),
        _ => Math.DivRem(scaled, 1_000_000),
    };

    private static void WriteFraction(int value, Span<byte> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            destination[i] = (byte)('0' + digit);
        }
    }
}
