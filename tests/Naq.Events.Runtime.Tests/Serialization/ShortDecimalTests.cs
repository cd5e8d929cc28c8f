using System.Globalization;
using System.Text;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>What is written the short way is what the framework writes.</summary>
public sealed class ShortDecimalTests
{
    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.Double,
        Gen.Double[-2, 2],
        Gen.Select(Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000], Gen.Int[0, 9], static (digits, scale) => digits / Math.Pow(10, scale)),
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[0, 7], static (digits, scale) => digits / Math.Pow(10, scale)),
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[1, 10], static (halves, bits) => halves / (double)(1 << bits)),
        Gen.OneOf(
            Gen.Const(0.0),
            Gen.Const(-0.0),
            Gen.Const(1e-4),
            Gen.Const(9.9999e-5),
            Gen.Const(1e15),
            Gen.Const(999_999_999_999_999.0),
            Gen.Const(double.NaN),
            Gen.Const(double.PositiveInfinity),
            Gen.Const(double.Epsilon),
            Gen.Const(0.1 + 0.2)));

    [Fact]
    public void A_double_is_written_as_the_framework_does() => Doubles.Sample(
        static value =>
        {
            Span<byte> text = stackalloc byte[64];
            if (ShortDecimal.TryFormat(value, text, out var written))
                Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text[..written]));
        },
        iter: 200_000);

    [Fact]
    public void A_double_with_so_many_digits_is_written_as_the_framework_does() => Gen.Select(Doubles, Gen.Int[0, 9]).Sample(
        static (value, digits) =>
        {
            Span<byte> text = stackalloc byte[64];
            if (ShortDecimal.TryFormatFixed(value, digits, text, out var written))
                Assert.Equal(value.ToString($"F{digits}", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text[..written]));
        },
        iter: 200_000);

    [Theory]
    [InlineData(12.5, "12.5")]
    [InlineData(-182.4, "-182.4")]
    [InlineData(0.001, "0.001")]
    [InlineData(1234567.891, "1234567.891")]
    [InlineData(0.000125, "0.000125")]
    [InlineData(0.0, "0")]
    [InlineData(42.0, "42")]
    public void Simple_values_are_written_the_short_way(double value, string expected)
    {
        Span<byte> text = stackalloc byte[64];

        // Zero alone is below the least: its text costs the framework nothing.
        Assert.Equal(value != 0, ShortDecimal.TryFormat(value, text, out var written));
        if (value != 0)
            Assert.Equal(expected, Encoding.ASCII.GetString(text[..written]));
    }

    [Theory]
    [InlineData(999_999_999_999_999.0, true)]
    [InlineData(1e15, false)]
    [InlineData(-1e15, false)]
    [InlineData(1e-4, true)]
    [InlineData(9.9e-5, false)]
    public void What_the_framework_writes_with_an_exponent_is_left_to_it(double value, bool simple)
    {
        Span<byte> text = stackalloc byte[64];
        Assert.Equal(simple, ShortDecimal.TryFormat(value, text, out var written));
        Assert.Equal(simple ? value.ToString(CultureInfo.InvariantCulture) : "", Encoding.ASCII.GetString(text[..written]));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void Where_the_longest_has_no_room_nothing_is_written(int length, bool simple)
    {
        Assert.Equal(simple, ShortDecimal.TryFormat(-12.5, new byte[length], out var written));
        Assert.Equal(simple ? 5 : 0, written);
    }

    [Theory]
    [InlineData(1.5, 6, true)]
    [InlineData(1.5, 7, false)]
    [InlineData((1L << 42) - 1, 0, true)]
    [InlineData(1L << 42, 0, false)]
    public void So_many_digits_are_written_the_short_way_and_more_are_left_to_the_framework(double value, int digits, bool simple)
    {
        Span<byte> text = stackalloc byte[64];
        Assert.Equal(simple, ShortDecimal.TryFormatFixed(value, digits, text, out _));
    }

    [Theory]
    [InlineData(0.501953125, 0, "1", true)]
    [InlineData(12.345, 2, "12.35", false)]
    [InlineData(12.341, 2, "12.34", true)]
    [InlineData(-0.001, 2, "-0.00", true)]
    [InlineData(2.5, 0, "2", false)]
    [InlineData(99.999, 1, "100.0", true)]
    public void Halves_are_left_to_the_framework(double value, int digits, string expected, bool simple)
    {
        Span<byte> text = stackalloc byte[64];
        Assert.Equal(expected, value.ToString($"F{digits}", CultureInfo.InvariantCulture));
        Assert.Equal(simple, ShortDecimal.TryFormatFixed(value, digits, text, out var written));
        if (simple)
            Assert.Equal(expected, Encoding.ASCII.GetString(text[..written]));
    }
}
