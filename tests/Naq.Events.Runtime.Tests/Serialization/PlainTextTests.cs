using System.Text;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class PlainTextTests
{
    private const string Special = "\"\\\n\0\u001F\u007F\u0080\u00FF\u0100\u2022\uD83D\uFFFF";

    private static readonly Gen<char> Characters = Gen.Frequency(
        (60, Gen.Char[' ', '~']),
        (1, Gen.Int[0, Special.Length - 1].Select(static index => Special[index])));

    [Fact]
    public void Text_is_plain_when_JSON_writes_it_as_it_is() => Characters.Array[0, 40].Sample(
        static characters =>
        {
            var plain = characters.All(static character => character is >= ' ' and <= '\x7F' and not '"' and not '\\');
            var destination = new byte[characters.Length];
            Assert.Equal(plain, PlainText.TryCopy(characters, destination));
            if (plain)
                Assert.Equal(new string(characters), Encoding.ASCII.GetString(destination));
        },
        iter: 50_000);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(23)]
    public void A_special_character_is_seen_wherever_it_stands(int others)
    {
        for (var position = 0; position <= others; position++)
            Assert.False(PlainText.TryCopy(new string('a', others).Insert(position, "\""), new byte[64]));
    }

    [Fact]
    public void Nothing_is_written_where_there_is_no_room() => Assert.False(PlainText.TryCopy("abcdefghij", new byte[9]));
}
