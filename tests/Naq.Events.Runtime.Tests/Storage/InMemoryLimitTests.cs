using Microsoft.Extensions.Time.Testing;

namespace Naq.Events.Runtime.Tests.Storage;

public sealed class InMemoryLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_id_is_stored_once_within_the_window_and_again_after_it()
    {
        using var store = Store(static limits => limits.DuplicateWindow = TimeSpan.FromMinutes(2));
        var jobEvent = new JobEvent("job", JobEventType.Started);
        await store.AppendAsync([jobEvent, jobEvent]);
        _time.Advance(TimeSpan.FromMinutes(2));
        await store.AppendAsync(jobEvent);
        Assert.Equal(1, await store.CountAsync());

        // The window is counted from the first: a refused copy does not lengthen it.
        _time.Advance(TimeSpan.FromTicks(1));
        await store.AppendAsync(jobEvent);
        Assert.Equal(2, await store.CountAsync());
    }

    [Fact]
    public async Task Events_without_an_id_are_all_stored()
    {
        using var store = Store(static _ => { });
        var foreign = JobEvent.Parse("""{"job_id":"job","event_type":"started","timestamp":1}"""u8);
        await store.AppendAsync([foreign, foreign]);
        Assert.Equal(2, store.Count());
    }

    [Fact]
    public async Task An_event_goes_when_it_is_older_than_the_maximum_age()
    {
        using var store = Store(static limits => limits.MaxAge = TimeSpan.FromHours(1));
        await store.AppendAsync([Started("old"), Started("both")]);
        _time.Advance(TimeSpan.FromMinutes(30));
        await store.AppendAsync([Started("both"), Started("new")]);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(4, await store.CountAsync());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, await store.CountAsync());
        Assert.Empty(store.GetByJob("old"));
        Assert.Equal(3UL, Assert.Single(store.GetByJob("both")).Sequence);
        var health = store.CheckHealth();
        Assert.Equal((2, 3UL, 4UL), (health.Events, health.FirstSequence, health.LastSequence));
        _time.Advance(TimeSpan.FromHours(1));
        health = store.CheckHealth();
        Assert.Equal((0, 5UL, 4UL), (health.Events, health.FirstSequence, health.LastSequence));
    }

    [Fact]
    public async Task An_age_of_zero_keeps_events_for_ever()
    {
        using var store = Store(static limits => limits.MaxAge = TimeSpan.Zero);
        await store.AppendAsync(Started("job"));
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.Equal(1, await store.CountAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task The_oldest_go_when_there_are_more_than_the_maximum(int most)
    {
        using var store = Store(limits => limits.MaxMessages = most);
        for (var number = 1; number <= 50; number++)
        {
            await store.AppendAsync(Started($"job-{number % 3}"));
            var kept = store.GetByType("started");
            Assert.Equal(
                Enumerable.Range(1, number).TakeLast(most).Select(static sequence => (ulong)sequence),
                kept.Select(static jobEvent => jobEvent.Sequence));
            for (var job = 0; job < 3; job++)
                Assert.Equal(kept.Where(jobEvent => jobEvent.JobId == $"job-{job}"), store.GetByJob($"job-{job}"));
        }
    }

    [Fact]
    public async Task A_stream_that_falls_behind_the_limits_goes_on_with_the_oldest_there_is()
    {
        using var store = Store(static limits => limits.MaxMessages = 10);
        await using var stream = store.StreamAsync(start: JobEventStart.Beginning).GetAsyncEnumerator();
        await store.AppendAsync(Started("job"));
        Assert.True(await stream.MoveNextAsync());
        await store.AppendAsync([.. Enumerable.Range(0, 50).Select(static _ => Started("job"))]);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(42UL, stream.Current.Sequence);
    }

    private static JobEvent Started(string jobId) => new(jobId, JobEventType.Started);

    private InMemoryJobEventStore Store(Action<InMemoryOptions> configure)
    {
        var limits = new InMemoryOptions();
        configure(limits);
        return new InMemoryJobEventStore(limits: limits, timeProvider: _time);
    }
}
