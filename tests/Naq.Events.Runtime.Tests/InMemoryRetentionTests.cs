using Microsoft.Extensions.Time.Testing;

namespace Naq.Events.Runtime.Tests;

/// <summary>What expires in memory, by a clock that is set.</summary>
public sealed class InMemoryRetentionTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Cleaning_up_counts_what_is_over_its_retention_or_the_age_of_all()
    {
        var limits = new InMemoryOptions { MaxAge = TimeSpan.FromDays(7) };
        limits.Retention["dequeued"] = TimeSpan.FromDays(1);
        await using var store = new InMemoryJobEventStore(limits: limits, timeProvider: _time);
        store.Append([new JobEvent("a", "failed"), new JobEvent("a", "dequeued"), new JobEvent("b", "dequeued")]);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, store.CleanupExpired());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, store.CleanupExpired());
        Assert.Equal("failed", Assert.Single(store.GetByJob("a")).EventName);
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(1, store.CleanupExpired());
        Assert.Equal(0, store.Count());
    }

    [Fact]
    public async Task What_expires_before_it_is_read_is_told()
    {
        await using var store = new InMemoryJobEventStore(limits: new InMemoryOptions { MaxAge = TimeSpan.FromDays(1) }, timeProvider: _time);
        store.Append([new JobEvent("a", "started"), new JobEvent("a", "completed")]);
        await using var messages = store.SubscribeAsync(
            options: new JobEventSubscriptionOptions { Start = JobEventStart.At(2) }, cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromDays(2));

        Assert.True(await messages.MoveNextAsync());
        var lost = Assert.IsType<JobEventsLost>(messages.Current);
        Assert.Equal((2UL, 2UL, 1L), (lost.From, lost.To, lost.Count));
        Assert.True(await messages.MoveNextAsync());
        _ = Assert.IsType<JobEventsCaughtUp>(messages.Current);
    }
}
