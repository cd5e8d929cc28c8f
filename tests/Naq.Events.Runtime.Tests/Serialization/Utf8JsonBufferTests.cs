using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>What is written into the buffer, wherever in its memory it comes to stand.</summary>
public sealed class Utf8JsonBufferTests
{
    private static readonly string[] Formats = ["", "F0", "F1", "f3", "F9", "F12", "E2", "N1", "G", "R", "0.00", "P0"];

    private static readonly JsonSerializerOptions AsWritten = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Gen<string> Texts = Gen.Char.Array[0, 40].Select(static characters => new string(characters));

    [Fact]
    public void A_string_is_read_back_as_it_was_written() => Texts.Sample(
        static text => Assert.Equal(JsonText.ReplaceLoneSurrogates(text, out _), JsonSerializer.Deserialize<string>(Written(buffer => buffer.String(text)))));

    [Theory]
    [InlineData("\r", """ "\r" """)]
    [InlineData("\n", """ "\n" """)]
    [InlineData("\t", """ "\t" """)]
    [InlineData("\b", """ "\b" """)]
    [InlineData("\f", """ "\f" """)]
    [InlineData("\u0001", """ "\u0001" """)]
    [InlineData("\u001f", """ "\u001F" """)]
    [InlineData("\"\\/", """ "\"\\/" """)]
    [InlineData("a\r\nb\td\u007fé", """ "a\r\nb\td\u007Fé" """)]
    public void Only_what_the_standard_requires_is_escaped(string text, string json)
    {
        var expected = json.Trim().Replace("\\u007F", "\u007f", StringComparison.Ordinal);

        Assert.Equal(expected, Written(buffer => buffer.String(text)));
        Assert.Equal(expected, Written(buffer => buffer.String(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("name", """{"name":""")]
    [InlineData("", """{"":""")]
    [InlineData("a\"b", """{"a\"b":""")]
    [InlineData("\n", """{"\n":""")]
    [InlineData("b\\", """{"b\\":""")]
    public void A_name_stands_between_what_comes_before_it_and_a_colon(string name, string json) =>
        Assert.Equal(json, Written(buffer => buffer.Name((byte)'{', Encoding.UTF8.GetBytes(name))));

    [Fact]
    public void What_reaches_over_the_end_of_its_memory_is_written_whole()
    {
        const int Around = 80;
        for (var before = 1024 - Around; before < 1024 + Around; before++)
        {
            var filled = new string('x', before);
            Assert.Equal(filled + "\"text\"", Written(buffer => Filled(buffer, filled).String("text")));
            Assert.Equal(filled + "\"te\\nxt\"", Written(buffer => Filled(buffer, filled).String("te\nxt"u8)));
            Assert.Equal(filled + ",\"name\":", Written(buffer => Filled(buffer, filled).Name((byte)',', "name"u8)));
            Assert.Equal(filled + "!", Written(buffer => Filled(buffer, filled).Byte((byte)'!')));
            Assert.Equal(filled + "1234567.125", Written(buffer => Filled(buffer, filled).Formatted(1_234_567.125)));
            Assert.Equal(filled + "éé", Written(buffer => Filled(buffer, filled).Text("éé")));
        }
    }

    [Fact]
    public void A_number_is_written_as_the_framework_does_in_each_format() => Gen.Select(
        Gen.OneOf(Gen.Double, Gen.Double[-1e6, 1e6], Gen.Int[-1_000, 1_000].Select(static value => value / 8.0)),
        Gen.Int[0, Formats.Length - 1].Select(static index => Formats[index])).Sample(
        static (value, format) => Assert.Equal(
            value.ToString(format, CultureInfo.InvariantCulture), Written(buffer => buffer.Formatted(value, format))));

    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    public void A_value_may_be_longer_than_is_reckoned_with(int before)
    {
        var filled = new string('x', before);
        var value = double.MaxValue.ToString("F0", CultureInfo.InvariantCulture);

        Assert.True(value.Length > 300);
        Assert.Equal(filled + value, Written(buffer => Filled(buffer, filled).Formatted(double.MaxValue, "F0")));
    }

    [Fact]
    public void A_value_of_a_type_that_only_the_caller_knows_is_written_as_the_json_serializer_does()
    {
        static void Check<T>(Gen<T> values)
            where T : struct, IUtf8SpanFormattable => values.Sample(
                static value => Assert.Equal(JsonSerializer.Serialize(value, AsWritten), Written(buffer => buffer.Simple(value))), iter: 200);

        Check(Gen.OneOf(Gen.Double, Gen.OneOf<double>(double.NaN, double.PositiveInfinity, double.NegativeInfinity)));
        Check(Gen.OneOf(Gen.Float, Gen.OneOf<float>(float.NaN, float.PositiveInfinity, float.NegativeInfinity)));
        Check(Gen.OneOf(Gen.Float[-60_000, 60_000].Select(static value => (Half)value), Gen.OneOf<Half>(Half.NaN, Half.PositiveInfinity, Half.NegativeInfinity)));
        Check(Gen.Char[' ', '~']);
        Check(Gen.Guid);
        Check(Gen.DateTime);
        Check(Gen.DateTimeOffset);
        Check(Gen.DateOnly);
        Check(Gen.TimeOnly);
        Check(Gen.TimeSpan);
        Check(Gen.Decimal);
        Check(Gen.Long);
        Check(Gen.Byte);
    }

    [Fact]
    public void Bytes_are_written_as_base64_wherever_they_come_to_stand() => Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[950, 1_024]).Sample(
        static (bytes, before) =>
        {
            var filled = new string('x', before);
            Assert.Equal(filled + Convert.ToBase64String(bytes) + "!", Written(buffer =>
            {
                Filled(buffer, filled).Base64(bytes);
                buffer.Byte((byte)'!');
            }));
        });

    [Fact]
    public void A_text_without_half_a_character_is_the_same_one_when_those_are_replaced()
    {
        var text = new string("whole 😀");

        Assert.Same(text, JsonText.ReplaceLoneSurrogates(text, out var found));
        Assert.False(found);
    }

    [Theory]
    [InlineData("0123456789", 2, 5, "", "0156789")]
    [InlineData("0123456789", 2, 5, "abc", "01abc56789")]
    [InlineData("0123456789", 2, 5, "a longer one", "01a longer one56789")]
    [InlineData("0123456789", 0, 10, "all", "all")]
    [InlineData("0123456789", 10, 10, "behind", "0123456789behind")]
    public void What_is_replaced_leaves_the_rest_as_it_was(string text, int start, int end, string replacement, string expected) =>
        Assert.Equal(expected, Written(buffer => Filled(buffer, text).Replace(start, end, Encoding.UTF8.GetBytes(replacement))));

    [Fact]
    public void The_last_byte_is_that_of_what_is_written_and_none_before()
    {
        var buffer = Utf8JsonBuffer.Rent();

        Assert.Equal(0, buffer.LastByte);
        buffer.Raw("ab"u8);
        Assert.Equal((byte)'b', buffer.LastByte);
        buffer.Truncate(1);
        Assert.Equal((byte)'a', buffer.LastByte);
        buffer.Return();
    }

    [Fact]
    public void A_nested_use_has_a_buffer_of_its_own_and_the_next_use_begins_empty()
    {
        var outer = Utf8JsonBuffer.Rent();
        outer.Raw("outer"u8);
        var inner = Utf8JsonBuffer.Rent();
        inner.Raw("inner"u8);

        Assert.NotSame(outer, inner);
        inner.Return();
        Assert.Equal("outer"u8, outer.Written);
        outer.Return();
        var next = Utf8JsonBuffer.Rent();
        Assert.Same(outer, next);
        Assert.Equal(0, next.Length);
        next.Return();
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    public void One_that_has_grown_very_large_is_not_kept(int length, bool kept)
    {
        bool? same = null;

        // On a thread of its own: what another test left behind on this one may have grown to any size.
        var thread = new Thread(() =>
        {
            var buffer = Utf8JsonBuffer.Rent();
            buffer.Raw(new byte[length]);
            buffer.Return();
            same = ReferenceEquals(buffer, Utf8JsonBuffer.Rent());
        });
        thread.Start();
        thread.Join();

        Assert.Equal(kept, same);
    }

    private static Utf8JsonBuffer Filled(Utf8JsonBuffer buffer, string text)
    {
        buffer.Raw(Encoding.UTF8.GetBytes(text));
        return buffer;
    }

    private static string Written(Action<Utf8JsonBuffer> write)
    {
        // A new one each time: its memory has not grown yet.
        var buffer = new Utf8JsonBuffer();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
