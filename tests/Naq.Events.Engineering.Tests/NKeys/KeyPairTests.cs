using System.Text;
using NATS.NKeys;

namespace Naq.Events.Engineering.Tests.NKeys;

public sealed class KeyPairTests
{
    private const string UserSeed = "SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5TE";

    [Theory] // the README of nkeys.net
    [InlineData("SOAELH6NJCEK4HST5644G4HK7TOAFZGRRJHNM4EUKUY7PPNDLIKO5IH4JM", "ODPWIBQJVIQ42462QAFI2RKJC4RZHCQSIVPRDDHWFCJAP52NRZK6Z2YC")]
    [InlineData("SUAOBFVHF4ZWKTBJ6QP4C362WLBBBFIE7ENFTPYKUGZ3M2ESOXY353LXDI", "UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B")]
    public void A_seed_gives_the_published_public_key(string seed, string publicKey)
    {
        using var pair = KeyPair.FromSeed(seed);

        Assert.Equal(publicKey, pair.GetPublicKey());
    }

    [Fact] // a vector of the NATS .NET client's own tests
    public void A_seed_signs_as_published()
    {
        using var pair = KeyPair.FromSeed(UserSeed);

        Assert.Equal(
            "49C5CC75BAA40FAFFD1B8FD9FE5B008A781EC4FF6C7DE18B64C7457B80BDA2A1"
            + "B2DB556DCA02F8989469088D0D08A0BC3A07E05765CE6EA141F199C2F9EC5D03",
            SignatureOf(pair, Encoding.ASCII.GetBytes("Hello World")));
        Assert.Equal(
            KeyEncoding.EncodePublicKey(
                KeyEncoding.UserPrefix,
                Convert.FromHexString("170932F19001FCDD0618D214E92EC26B04599B5C2A36755843CDC23F650193CF")),
            pair.GetPublicKey());
    }

    [Theory] // RFC 8032 section 7.1, tests 1 to 3
    [InlineData(
        "9D61B19DEFFD5A60BA844AF492EC2CC44449C5697B326919703BAC031CAE7F60",
        "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A",
        "",
        "E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E065224901555FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B")]
    [InlineData(
        "4CCD089B28FF96DA9DB6C346EC114E0F5B8A319F35ABA624DA8CF6ED4FB8A6FB",
        "3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C",
        "72",
        "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00")]
    [InlineData(
        "C5AA8DF43F9F837BEDB7442F31DCB7B166D38535076F094B85CE3A2E0B4458F7",
        "FC51CD8E6218A1A38DA47ED00230F0580816ED13BA3303AC5DEB911548908025",
        "AF82",
        "6291D657DEEC24024827E69C3ABE01A30CE548A284743A445E3680D7DB5AC3AC18FF9B538D16F290AE67F760984DC6594A7C15E9716ED28DC027BECEEA1EC40A")]
    public void Signatures_are_those_of_RFC_8032(string secret, string publicKey, string message, string signature)
    {
        using var pair = KeyPair.FromSeed(KeyEncoding.EncodeSeed(KeyEncoding.AccountPrefix, Convert.FromHexString(secret)));

        Assert.Equal(KeyEncoding.EncodePublicKey(KeyEncoding.AccountPrefix, Convert.FromHexString(publicKey)), pair.GetPublicKey());
        Assert.Equal(signature, SignatureOf(pair, Convert.FromHexString(message)));
    }

    [Theory]
    [InlineData("", "58 characters; this one has 0")]
    [InlineData("SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5T", "this one has 57")]
    [InlineData(" SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5TE", "this one has 59")]
    [InlineData("suaavwrzg6m5fa5vrrgwscihktojc7ewnit4jv3ftoipo4obfr5wa7x5te", "not base32")]
    [InlineData("SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5T1", "not base32")]
    [InlineData("SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5TM", "checksum")]
    [InlineData("SUABVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5TE", "checksum")]
    [InlineData("SXANB6DZPICGHODWKD4LA7R5GU7J5NGXKMNMUNCAQFC66NO3S5SQW3HP4U", "curve")]
    [InlineData("UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B", "this one has 56")]
    public void A_malformed_seed_is_refused_with_the_reason(string seed, string reason)
    {
        var refusal = Assert.Throws<NKeysException>(() => KeyPair.FromSeed(seed));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.True(seed.Length == 0 || !refusal.Message.Contains(seed, StringComparison.Ordinal), "the message repeats the secret");
    }

    [Fact]
    public void A_seed_of_an_unknown_role_is_refused() =>
        Assert.Contains("role 'Z'", Refusal(KeyEncoding.EncodeSeed(25 << 3, new byte[32])), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_no_seed_is_refused()
    {
        var seed = KeyEncoding.EncodeSeed(KeyEncoding.UserPrefix, new byte[32]);
        var raw = new byte[Base32.DecodedLength(seed.Length)];
        Assert.True(Base32.TryDecode(seed, raw));
        raw[0] = (byte)((15 << 3) | (raw[0] & 7)); // P, a private key
        BitConverter.TryWriteBytes(raw.AsSpan(34), Crc16.Compute(raw.AsSpan(0, 34)));

        Assert.Contains("starts with 'P'", Refusal(Base32.Encode(raw)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_without_room_is_refused()
    {
        using var pair = KeyPair.FromSeed(UserSeed);

        Assert.Throws<NKeysException>(() => pair.Sign(new byte[1], new byte[63]));
    }

    [Fact]
    public void A_disposed_pair_signs_nothing()
    {
        var pair = KeyPair.FromSeed(UserSeed);
        pair.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pair.Sign(new byte[1], new byte[64]));
        Assert.Throws<ObjectDisposedException>(pair.GetPublicKey);
    }

    private static string Refusal(string seed) => Assert.Throws<NKeysException>(() => KeyPair.FromSeed(seed)).Message;

    private static string SignatureOf(KeyPair pair, byte[] message)
    {
        var signature = new byte[64];
        pair.Sign(message, signature);
        return Convert.ToHexString(signature);
    }
}
