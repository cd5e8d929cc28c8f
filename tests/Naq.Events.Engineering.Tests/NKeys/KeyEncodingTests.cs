using System.Text;
using NATS.NKeys;

namespace Naq.Events.Engineering.Tests.NKeys;

public sealed class KeyEncodingTests
{
    [Theory] // RFC 4648 section 10, without its padding
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_follows_the_RFC_both_ways(string text, string encoded)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var decoded = new byte[Base32.DecodedLength(encoded.Length)];

        Assert.Equal(encoded, Base32.Encode(bytes));
        Assert.True(Base32.TryDecode(encoded, decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [InlineData("mzxw6")] // lower case
    [InlineData("MZXW1")] // 0, 1, 8 and 9 are no digits
    [InlineData("MZ W6")]
    [InlineData("MZ")] // the last character carries bits beyond the last byte
    [InlineData("MZXW6Y")] // a character too many
    public void Base32_that_no_encoder_writes_is_refused(string encoded) =>
        Assert.False(Base32.TryDecode(encoded, new byte[Base32.DecodedLength(encoded.Length)]));

    [Theory] // "123456789" is the check value of every catalogue of CRCs
    [InlineData("", 0)]
    [InlineData("abc", 0x9DD6)]
    [InlineData("ABC", 0x3994)]
    [InlineData("123456789", 0x31C3)]
    public void Checksums_are_XMODEM(string text, int expected) =>
        Assert.Equal(expected, Crc16.Compute(Encoding.ASCII.GetBytes(text)));
}
