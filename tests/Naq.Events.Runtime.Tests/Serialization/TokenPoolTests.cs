using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class TokenPoolTests
{
    private const int Kept = 1_024;

    [Fact]
    public void A_token_is_one_string_until_there_are_very_many()
    {
        var tokens = Enumerable.Range(0, Kept * 2).Select(static number => $"token-{number}").ToList();
        var first = tokens.ConvertAll(static token => TokenPool.Get(token));
        var again = tokens.ConvertAll(static token => TokenPool.Get(token));

        Assert.Equal(tokens, first);
        Assert.Equal(tokens, again);
        Assert.All(first.Zip(again).Take(Kept), static pair => Assert.Same(pair.First, pair.Second));
        Assert.All(first.Zip(again).Skip(Kept), static pair => Assert.NotSame(pair.First, pair.Second));
    }
}
