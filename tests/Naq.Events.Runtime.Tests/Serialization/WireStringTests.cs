using System.Text;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class WireStringTests
{
    [Theory]
    [InlineData("name", "name", true)]
    [InlineData("name", "names", false)]
    [InlineData("n\\u0061me", "name", true)]
    [InlineData("n\\u0062me", "name", false)]
    [InlineData("\\ud800", "\uFFFD", true)]
    public void A_text_is_compared_as_it_is_read(string written, string text, bool matches)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{written}\""));
        _ = reader.Read();

        Assert.Equal(matches, WireString.Matches(ref reader, text));
        Assert.Equal(matches, WireString.Text(ref reader, out _) == text);
    }
}
