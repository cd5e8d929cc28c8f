using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Storage;

public sealed class RecentLossesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_loss_is_told_in_the_health_for_five_minutes_and_losses_are_added_up()
    {
        await using var store = new InMemoryJobEventStore(new NaqEventsOptions(), new InMemoryOptions { MaxMessages = 10 }, _time);
        Assert.Equal(0, (await store.CheckHealthAsync()).RecentlyLost);
        await LoseAsync(store);

        var health = await store.CheckHealthAsync();
        Assert.Equal(15, health.RecentlyLost);
        Assert.Contains("up to 15, and A stream lost the events 1 to 15, 0 s ago. Raise the limits", health.Description, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("240 s ago", (await store.CheckHealthAsync()).Description, StringComparison.Ordinal);
        await LoseAsync(store);
        Assert.Equal(30, (await store.CheckHealthAsync()).RecentlyLost);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(30, (await store.CheckHealthAsync()).RecentlyLost);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await store.CheckHealthAsync()).RecentlyLost);
        Assert.DoesNotContain("removed", (await store.CheckHealthAsync()).Description, StringComparison.Ordinal);
        await LoseAsync(store);
        Assert.Equal(15, (await store.CheckHealthAsync()).RecentlyLost);
    }

    [Fact]
    public async Task A_live_processor_is_told_too()
    {
        await using var store = new InMemoryJobEventStore(new NaqEventsOptions(), new InMemoryOptions { MaxMessages = 10 }, _time);
        await store.AppendAsync(new JobEvent("before", JobEventType.Started));
        var (lost, handled, gate) = (0L, 0L, new TaskCompletionSource());
        await using var processor = await Processing.ProcessorUnderTest.StartAsync(
            store,
            async (_, _, token) =>
            {
                await gate.Task.WaitAsync(token);
                _ = Interlocked.Increment(ref handled);
            },
            options =>
            {
                options.MaxConcurrentHandlers = 1;
                options.OnEventsLost = told => Interlocked.Add(ref lost, told.Count);
            });
        for (var i = 0; i < 500; i++)
            await store.AppendAsync(new JobEvent("job", JobEventType.Started));

        gate.SetResult();
        await Eventually.TrueAsync(() => Interlocked.Read(ref handled) + Interlocked.Read(ref lost) == 500, null, "each is handled or told");
        Assert.NotEqual(0, Interlocked.Read(ref lost));
    }

    /// <summary>Has a reader read one event, and then overtakes it with 25 where ten are kept.</summary>
    private static async Task LoseAsync(InMemoryJobEventStore store)
    {
        await using var messages = store.SubscribeAsync().GetAsyncEnumerator();
        Assert.True(await messages.MoveNextAsync());
        _ = Assert.IsType<JobEventsCaughtUp>(messages.Current);
        await store.AppendAsync([.. Enumerable.Range(0, 25).Select(_ => new JobEvent("job", JobEventType.Started))]);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(15, Assert.IsType<JobEventsLost>(messages.Current).Count);
    }
}
