namespace Naq.Events.Serialization;

/// <summary>The wire's timestamps: microseconds since 1970, written as decimal seconds.</summary>
internal static class UnixMicroseconds
{
    private const int TicksPerMicrosecond = 10;

    /// <summary>9999-12-31T23:59:59.999999Z.</summary>
    public const long Max = 253_402_300_799_999_999;

    public static long From(DateTimeOffset timestamp) =>
        (timestamp.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TicksPerMicrosecond;

    public static DateTimeOffset ToTimestamp(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond);

    /// <summary>
    /// Reads a JSON number of seconds. Digits beyond microseconds are cut off. The exponent only moves the point: it is never
    /// expanded into digits, so <c>1e999999999</c> costs nothing.
    /// </summary>
    /// <returns>Whether it lies from 1970 to 9999.</returns>
    public static bool TryParse(ReadOnlySpan<byte> number, out long microseconds)
    {
        microseconds = 0;
        var negative = number[0] == (byte)'-';
        var position = negative ? 1 : 0;
        var fractionDigits = 0;
        var inFraction = false;
        // Microseconds up to 9999 have 18 digits; of a longer mantissa only the first are kept, the rest are counted.
        const int KeptDigits = 18;
        long mantissa = 0;
        var kept = 0;
        var dropped = 0;

        for (; position < number.Length && number[position] is not ((byte)'e' or (byte)'E'); position++)
        {
            if (number[position] == (byte)'.')
            {
                inFraction = true;
                continue;
            }

            if (inFraction)
                fractionDigits++;

            var digit = number[position] - '0';
            if (kept == KeptDigits)
                dropped++;
            else if (kept > 0 || digit != 0)
            {
                mantissa = (mantissa * 10) + digit;
                kept++;
            }
        }

        if (mantissa == 0)
            return true;

        if (negative)
            return false;

        long shift = ParseExponent(number[position..]) + 6 - fractionDigits + dropped;
        if (shift > KeptDigits)
            return false;

        for (; shift > 0; shift--)
        {
            if (mantissa > Max / 10)
                return false;

            mantissa *= 10;
        }

        for (; shift < 0 && mantissa > 0; shift++)
            mantissa /= 10;

        microseconds = mantissa;
        return mantissa <= Max;
    }

    // Saturates far outside every sensible exponent.
    private static long ParseExponent(ReadOnlySpan<byte> exponent)
    {
        if (exponent.Length < 2)
            return 0;

        var digits = exponent[1..].TrimStart("+-"u8);
        long value = 0;
        foreach (var digit in digits)
            value = Math.Min((value * 10) + digit - '0', 1_000_000_000_000);

        return exponent[1] == (byte)'-' ? -value : value;
    }
}
