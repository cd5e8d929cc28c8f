using System.Text;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Names of events, as text and as they stand on the wire.</summary>
public sealed class EventNameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("z", true)]
    [InlineData("0", true)]
    [InlineData("9", true)]
    [InlineData("_", true)]
    [InlineData("az09_", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("a`", false)]
    [InlineData("a{", false)]
    [InlineData("a/", false)]
    [InlineData("a:", false)]
    [InlineData("a.b", false)]
    [InlineData("é", false)]
    public void A_name_has_small_letters_digits_and_underscores(string name, bool isValid)
    {
        Assert.Equal(isValid, EventNames.IsValid(name));
        Assert.Equal(isValid, EventNames.IsValid(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData(JobEventLimits.EventNameCharacters, true)]
    [InlineData(JobEventLimits.EventNameCharacters + 1, false)]
    public void A_name_is_as_long_as_the_limit_at_most(int length, bool isValid)
    {
        var name = new string('n', length);

        Assert.Equal(isValid, EventNames.IsValid(name));
        Assert.Equal(isValid, EventNames.IsValid(Encoding.UTF8.GetBytes(name)));
    }
}
