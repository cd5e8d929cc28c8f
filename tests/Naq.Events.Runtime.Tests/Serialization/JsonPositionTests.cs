using System.Text;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Where in JSON a token stands, as an error says it.</summary>
public sealed class JsonPositionTests
{
    [Theory]
    [InlineData("^5", "")]
    [InlineData("^{}", "")]
    [InlineData("{^}", "")]
    [InlineData("""{^"a":1}""", ".a")]
    [InlineData("""{"a":^1,"b":2}""", ".a")]
    [InlineData("""{"a":1,"b":^2}""", ".b")]
    [InlineData("""{"a":^{"b":1}}""", ".a")]
    [InlineData("""{"a":{"b":1},"c":^2}""", ".c")]
    [InlineData("""{"a":{"b":[1]},"c":{"d":^2}}""", ".c.d")]
    [InlineData("""{"\u0061":^1}""", ".a")]
    [InlineData("[^1,2]", "[0]")]
    [InlineData("[1,2^]", "")]
    [InlineData("[[1],^2]", "[1]")]
    [InlineData("[[1],[2,^3]]", "[1][1]")]
    [InlineData("""{"a":[1,2^],"b":3}""", ".a")]
    [InlineData("""{"sizes":[{"name":"s"},2,{"at":0,"name":^"x"}]}""", ".sizes[2].name")]
    public void A_path_leads_to_the_token(string marked, string path)
    {
        var position = marked.IndexOf('^', StringComparison.Ordinal);

        Assert.Equal(path, JsonPosition.PathOf(Encoding.UTF8.GetBytes(marked.Remove(position, 1)), position));
    }
}
