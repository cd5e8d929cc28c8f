using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Timestamps are read as exact arithmetic does, whatever form their number has.</summary>
public sealed class UnixMicrosecondsTests
{
    private static readonly Gen<string> Digits = Gen.OneOf(
        Gen.Char['0', '9'].Array[1, 30].Select(static digits => new string(digits)),
        Gen.Select(Gen.Int[0, 25], Gen.Long[0, UnixMicroseconds.Max * 2], static (zeros, number) => new string('0', zeros) + number),
        Gen.Int[-20, 20].Select(static off => $"{UnixMicroseconds.Max + off}"),
        Gen.Int[-20, 20].Select(static off => $"{(UnixMicroseconds.Max / 10) + off}"));

    [Fact]
    public void A_number_is_read_as_exact_arithmetic_does() => Gen.Select(Digits, Gen.Int[0, 30], Gen.Int[-30, 30], Gen.Bool).Sample(
        static (digits, fraction, exponent, isUpper) =>
        {
            var point = Math.Max(digits.Length - fraction, 0);
            var number = (point == 0 ? "0" : digits[..point]) + (point < digits.Length ? $".{digits[point..]}" : "");
            if (exponent != 0)
                number += $"{(isUpper ? 'E' : 'e')}{exponent}";

            var shift = exponent + 6 - (digits.Length - point);
            var mantissa = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
            var expected = shift >= 0 ? mantissa * BigInteger.Pow(10, shift) : mantissa / BigInteger.Pow(10, -shift);
            var read = UnixMicroseconds.TryParse(Encoding.ASCII.GetBytes(number), out var microseconds);
            Assert.Equal((number, expected <= UnixMicroseconds.Max), (number, read));
            if (read)
                Assert.Equal((number, expected), (number, microseconds));
        },
        iter: 50_000);

    [Theory]
    [InlineData("-0.000001")]
    [InlineData("2534023007999.99999e0")]
    [InlineData("999999999999999999e6")]
    [InlineData("999999999999999999e11")]
    [InlineData("184467440737095516e2")]
    public void What_is_before_1970_or_after_9999_is_refused(string number) =>
        Assert.False(UnixMicroseconds.TryParse(Encoding.ASCII.GetBytes(number), out _));
}
