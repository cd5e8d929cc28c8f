using Microsoft.Extensions.Time.Testing;
using Naq.Events.Logging;
using Naq.Events.Testing;

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

    [Fact]
    public async Task However_long_a_server_was_away_its_return_is_noticed_within_five_seconds()
    {
        var time = new FakeTimeProvider();
        var attempts = 0;
        var isBack = false;
        var delays = new List<TimeSpan>();
        var running = Backoff.Forever(Second, time, (_, delay) => delays.Add(delay)).ExecuteAsync(
            _ =>
            {
                attempts++;
                return Volatile.Read(ref isBack) ? default : throw new JobEventStoreException("away");
            },
            TestContext.Current.CancellationToken).AsTask();

        for (var attempt = 1; attempt <= 100; attempt++)
        {
            await Eventually.TrueAsync(() => delays.Count == attempt, null, "an attempt has failed");
            Assert.InRange(delays[^1], 0.5 * Second, 5 * Second);
            Volatile.Write(ref isBack, attempt == 100);
            time.Advance(delays[^1]);
        }

        await running.WaitAsync(10 * Second, TestContext.Current.CancellationToken);
        Assert.Equal(101, attempts);
        Assert.True(delays.Skip(3).Distinct().Count() > 90, "each wait is another");
    }
}
