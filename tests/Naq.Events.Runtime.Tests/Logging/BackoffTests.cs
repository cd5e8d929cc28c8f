using Naq.Events.Logging;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class BackoffTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(1_000_000, 5)]
    public void Waits_double_up_to_the_limit(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.DelayOf(attempt, Second, 5 * Second, random: 0));

    [Fact]
    public void Half_of_a_wait_is_chance_at_the_limit_too() =>
        Assert.Equal(2.5 * Second, Backoff.DelayOf(50, Second, 5 * Second, random: 1));

    [Fact]
    public void A_first_wait_above_the_limit_stays_as_it_is()
    {
        Assert.Equal(60 * Second, Backoff.DelayOf(0, 60 * Second, 5 * Second, random: 0));
        Assert.Equal(60 * Second, Backoff.DelayOf(9, 60 * Second, 5 * Second, random: 0));
    }
}
