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

    // Few digits first: most values have no more than three.
    private static readonly int[] FractionsTried = [0, 3, MaxFraction];

    /// <summary>Writes the shortest decimal that reads back as the value.</summary>
    public static bool TryFormat(double value, Span<byte> destination, out int written)
    {
        written = 0;
        var magnitude = Math.Abs(value);
        if (!(magnitude < MaxDigits) || magnitude < Least)
            return false;

        // A quotient of two whole numbers is the double nearest to the decimal: the very one that reading it gives.
        foreach (var digits in FractionsTried)
        {
            var scaled = Math.Round(magnitude * PowersOfTen[digits]);
            if (scaled >= MaxDigits)
                return false;

            if (scaled / PowersOfTen[digits] == magnitude)
                return TryWrite(value < 0, (long)scaled, digits, trim: true, destination, out written);
        }

        return false;
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

        var (whole, fraction) = Math.DivRem(scaled, (long)PowersOfTen[digits]);
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

    private static void WriteFraction(int value, Span<byte> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            destination[i] = (byte)('0' + digit);
        }
    }
}
