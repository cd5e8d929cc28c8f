using System.Text;
using System.Text.RegularExpressions;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class WireMembersTests
{
    public static TheoryData<string> Members =>
        [.. Enum.GetNames<WireMember>().Except([nameof(WireMember.End), nameof(WireMember.Unknown)])];

    [Theory]
    [MemberData(nameof(Members))]
    public void Each_member_is_found_by_its_name_and_by_nothing_near_it(string member)
    {
        var name = Regex.Replace(member, "(?<!^)[A-Z]", "_$0").ToLowerInvariant();

        Assert.Equal(member, $"{Find(name)}");
        for (var i = 0; i < name.Length; i++)
        {
            Assert.Equal(WireMember.Unknown, Find(name.Remove(i, 1)));
            Assert.Equal(WireMember.Unknown, Find(name.Remove(i, 1).Insert(i, "?")));
            Assert.Equal(WireMember.Unknown, Find(name.Insert(i, "?")));
        }
    }

    [Fact]
    public void No_name_is_no_member() => Assert.Equal(WireMember.Unknown, Find(""));

    private static WireMember Find(string name) => WireMembers.Find(Encoding.UTF8.GetBytes(name));
}
