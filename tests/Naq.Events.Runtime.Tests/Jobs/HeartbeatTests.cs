using Microsoft.Extensions.Time.Testing;

namespace Naq.Events.Runtime.Tests.Jobs;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_long_job_beats_until_it_ends()
    {
        await using var test = new JobsUnderTest();
        var end = new TaskCompletionSource();
        var run = test.Logger.RunJobAsync("job", test.Options with { QueueName = "q", WorkerId = "w" }, (_, _) => end.Task);
        for (var second = 0; second < 2 * 60 * 60; second++)
            test.Clock.Advance(TimeSpan.FromSeconds(1));

        end.SetResult();
        await run;
        test.Clock.Advance(TimeSpan.FromHours(1));

        var events = await test.StoredAsync();
        Assert.Equal(["started", .. Enumerable.Repeat("heartbeat", 240), "completed"], events.Select(stored => stored.EventName));
        Assert.Equal(30_000, events[0].Details.GetDouble("heartbeat_ms"));
        var beat = events[1];
        Assert.Equal(("job", "w", "q", 1, 30_000, 30_000, events[0].RunId), (
            beat.JobId, beat.WorkerId, beat.QueueName, beat.Attempt, beat.DurationMs, beat.Details.GetDouble("heartbeat_ms"), beat.RunId));
        Assert.Equal(JobEventType.Custom, beat.EventType);
        Assert.Equal(7_200_000, events[^2].DurationMs);
    }

    [Fact]
    public async Task A_short_job_does_not_beat()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("job", test.Options, (job, _) =>
        {
            for (var i = 0; i < 1000; i++)
                job.Beat();

            test.Clock.Advance(Interval - TimeSpan.FromMilliseconds(1));
            job.Beat();
            return Task.CompletedTask;
        });
        Assert.Equal(["started", "completed"], await test.NamesAsync());
    }

    [Fact]
    public async Task Beats_by_hand_are_throttled_and_the_only_ones_where_that_is_wanted()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("job", test.Options with { BeatsByHand = true }, (job, _) =>
        {
            test.Clock.Advance(Interval * 10);
            for (var second = 0; second < 90; second++)
            {
                test.Clock.Advance(TimeSpan.FromSeconds(1));
                job.Beat();
            }

            return Task.CompletedTask;
        });
        Assert.Equal(["started", "heartbeat", "heartbeat", "heartbeat", "completed"], await test.NamesAsync());
    }

    [Fact]
    public async Task A_beat_by_hand_puts_off_the_next_by_the_clock()
    {
        await using var test = new JobsUnderTest();
        var clock = new LateTimers();
        var options = test.Options with { TimeProvider = clock };
        await test.Logger.RunJobAsync("job", options, (job, _) =>
        {
            // The timer is late, the hand is not.
            clock.Late = true;
            clock.Advance(Interval);
            job.Beat();
            clock.Late = false;
            clock.Advance(Interval - TimeSpan.FromSeconds(1));
            Assert.Null(job.Outcome);
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        });
        var beats = (await test.StoredAsync()).Where(stored => stored.EventName == "heartbeat").Select(stored => stored.DurationMs);
        Assert.Equal([30_000, 60_000], beats);
    }

    [Fact]
    public async Task Without_an_interval_there_are_no_heartbeats()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("job", test.Options with { HeartbeatInterval = null }, (job, _) =>
        {
            test.Clock.Advance(TimeSpan.FromDays(1));
            job.Beat();
            return Task.CompletedTask;
        });
        var events = await test.StoredAsync();
        Assert.Equal(["started", "completed"], events.Select(stored => stored.EventName));
        Assert.Null(events[0].Details.GetDouble("heartbeat_ms"));
    }

    [Fact]
    public async Task Progress_is_throttled_but_for_the_last_step()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("job", test.Options, (job, _) =>
        {
            for (var done = 1; done <= 1000; done++)
            {
                test.Clock.Advance(TimeSpan.FromMilliseconds(2));
                job.Progress(done, 1000);
            }

            test.Clock.Advance(TimeSpan.FromSeconds(1));
            job.Progress(5, message: "warming up");
            return Task.CompletedTask;
        });
        var steps = (await test.StoredAsync()).Where(stored => stored.EventName == "progress").ToArray();
        Assert.Equal(
            ["1 of 1000", "501 of 1000", "1000 of 1000", "warming up"], steps.Select(stored => stored.Message));
        Assert.Equal((501, 1000), (steps[1].Details.GetInt64("done"), steps[1].Details.GetInt64("total")));
        Assert.Null(steps[3].Details.GetInt64("total"));
    }

    /// <summary>A clock whose timers do not tick for a while.</summary>
    private sealed class LateTimers : FakeTimeProvider
    {
        public bool Late { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                value =>
                {
                    if (!Late)
                        callback(value);
                },
                state,
                dueTime,
                period);
    }
}
