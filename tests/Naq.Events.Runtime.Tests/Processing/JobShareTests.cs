using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class JobShareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Every_job_belongs_to_one_share_and_all_have_about_as_many(int count)
    {
        const int Jobs = 64_000;
        var shares = new int[count];
        for (var job = 0; job < Jobs; job++)
        {
            var token = $"order-{job}";
            shares[Enumerable.Range(0, count).Single(index => new JobShare(index, count).Has(token))]++;
        }

        Assert.All(shares, jobs => Assert.InRange(jobs, Jobs / count * 0.8, Jobs / count * 1.2));
    }

    // FNV-1a of 32 bits: 0x811C9DC5, 0xE40C292C, 0xBF9CF968. Positions on servers stand on it.
    [Theory]
    [InlineData("", 5)]
    [InlineData("a", 12)]
    [InlineData("foobar", 8)]
    public void A_job_stays_in_its_share_from_version_to_version(string token, int index) => Assert.True(new JobShare(index, 16).Has(token));

    [Theory]
    [InlineData(0, "billing")]
    [InlineData(1, "billing=1")]
    [InlineData(63, "billing=63")]
    public void A_share_has_a_place_of_its_own_in_the_stream(int index, string name) => Assert.Equal(name, new JobShare(index, 64).NameOf("billing"));
}
