using System.Text;
using System.Text.Json;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class ValidJsonTests
{
    private static readonly string[] Names = ["a", "ab", "größe", "a\"b", "a\\b", "", "tags", "{", "日本"];

    private static readonly string[] Values =
    [
        "1", "-2.5e3", "true", "null", "\"\"", "\"text\"", "\"a\\\"b}\"", "\"\\u00e4\\\\\"", "{}", "[]", "{\"a\":[1,{\"b\":\"]\"}]}", "[\"}\",\"\\\\\"]",
    ];

    [Fact]
    public void A_member_is_found_as_a_reader_that_trusts_nobody_finds_it() => Gen.Select(
        Gen.Select(OneOf(Names), OneOf(Values)).List[0, 6], OneOf(["", " ", "\r\n\t"]), Gen.Bool).Sample(
        static (members, space, escaped) =>
        {
            var json = Encoding.UTF8.GetBytes(
                $"{{{space}{string.Join($"{space},{space}", members.Select(member => $"{Quoted(member.Item1, escaped)}{space}:{space}{member.Item2}"))}{space}}}");
            var expected = JsonDocument.Parse(json).RootElement;
            foreach (var name in Names)
            {
                var isThere = expected.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
                Assert.Equal(isThere, ValidJson.TryFind(json, name, out var found));
                if (isThere)
                    Assert.Equal(value.GetRawText(), Encoding.UTF8.GetString(found));
            }
        });

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("\"a\\\\\",\"b\"", "a\\")]
    [InlineData("\"gr\\u00f6\u00dfe\"", "größe")]
    [InlineData("\"\\ud83d\"", "\uFFFD")]
    public void A_text_ends_at_its_quote(string json, string expected) =>
        Assert.Equal(expected, ValidJson.Text(Encoding.UTF8.GetBytes(json), 0));

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Quoted(string name, bool escaped) => escaped
        ? JsonSerializer.Serialize(name)
        : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
