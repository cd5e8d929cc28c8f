using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_store_that_refuses_is_asked_again_with_growing_waits_then_the_events_are_rejected_and_the_next_go_on()
    {
        var time = new FakeTimeProvider();
        var asked = new List<DateTimeOffset>();
        var store = new RecordingStore((events, _) =>
        {
            if (events[0].JobId != "bad")
                return default;

            lock (asked)
                asked.Add(time.GetUtcNow());

            throw new JobEventStoreException("The quota is used up.");
        });
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 1, time);
        var bad = test.Write("bad");
        var good = test.Write("good");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                return store.Ids.Count == 1;
            },
            null,
            "the good event goes on after the bad one");

        Assert.Equal([good], store.Ids);
        Assert.Equal(4, asked.Count);
        var waits = asked.Zip(asked.Skip(1), static (earlier, later) => later - earlier).ToList();

        // Each is cut by up to a half at random, and may be seen some steps of the clock late.
        var sum = waits.Aggregate(static (one, other) => one + other);
        Assert.True(sum > TimeSpan.FromSeconds(3.4) && sum < TimeSpan.FromSeconds(8), $"the waits double: {string.Join(", ", waits)}");
        await Eventually.TrueAsync(() => test.Losses.Count == 1, null, "the rejection is reported");
        Assert.Equal([bad], test.Lost(JobEventLossKind.Rejected));
        Assert.Equal("The quota is used up.", test.Losses[0].Reason);
        Assert.Equal(3, test.Log.Of(103).Count);
    }

    [Theory]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TimeoutException))]
    public async Task Whatever_a_store_throws_the_logger_goes_on(Type thrown)
    {
        // A client of HTTP reports its own timeout as a cancellation that nobody asked for.
        var failing = true;
        var store = new RecordingStore((_, _) => failing ? throw (Exception)Activator.CreateInstance(thrown)! : default);
        await using var test = new LoggerUnderTest(store, static options =>
        {
            options.RetryAttempts = 1;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
        });
        var lost = test.Write("job");
        await Eventually.TrueAsync(() => test.Losses.Count == 1, null, "the event is given up");
        Assert.Equal([lost], test.Lost(JobEventLossKind.Rejected));
        Assert.Equal(2, store.Calls);
        failing = false;
        var id = test.Write("job");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        Assert.True((await test.Logger.FlushAsync(deadline.Token)).Completed);
        Assert.Equal([id], store.Ids);
    }

    [Fact]
    public async Task A_writer_that_is_logged_twice_does_not_end_the_logging_of_others()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        var writer = test.Logger.BeginEvent("job", "started"u8);
        test.Logger.Log(ref writer);
        test.Logger.Log(ref writer);
        writer.Dispose();
        var id = test.Write("job");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        _ = await test.Logger.FlushAsync(deadline.Token);
        Assert.Contains(id, store.Ids);
    }

    [Fact]
    public async Task A_publisher_that_cannot_be_made_is_tried_again()
    {
        var store = new LateStore();
        await using var test = new LoggerUnderTest(store, static options => options.RetryDelay = TimeSpan.FromMilliseconds(1));
        var id = test.Write("job");
        await Eventually.TrueAsync(() => test.Log.Of(102).Count > 0, null, "it is said that the event waits");
        store.IsThere = true;
        await Eventually.TrueAsync(() => store.Inner.Ids.Count == 1, null, "the event goes when the store comes");
        Assert.Equal([id], store.Inner.Ids);
        Assert.Empty(test.Losses);
    }

    private sealed class LateStore : StubStore, Naq.Events.Logging.IPublishingStore
    {
        public bool IsThere { get; set; }

        public ManualStore Inner { get; } = new() { Automatic = true };

        public override ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) => default;

        public ValueTask<Naq.Events.Logging.IJobEventPublisher> CreatePublisherAsync(
            JobEventLoggerOptions options, CancellationToken cancellationToken) => IsThere
            ? Inner.CreatePublisherAsync(options, cancellationToken)
            : throw new JobEventStoreException("Not there yet.");
    }
}
