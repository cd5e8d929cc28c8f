using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Watching;

/// <summary>Jobs whose heartbeats stop, by a clock of the test's own.</summary>
public sealed class WatchdogTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly JobEventLogger _logger;

    public WatchdogTests()
    {
        _store = new InMemoryJobEventStore(timeProvider: _time);
        _logger = new JobEventLogger(_store, timeProvider: _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _logger.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_job_whose_heartbeats_stop_gets_one_stalled_event()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(Started("job", attempt: 2), Beat("job", attempt: 2));

        var stalled = await StalledAsync("job", count: 1);
        await PassAsync(watchdog, TimeSpan.FromMinutes(10));

        var only = Assert.Single(await StalledAsync("job", count: 1));
        Assert.Equal(stalled[0].Id, only.Id);
        Assert.Equal(("worker-1", 2, "run-2"), (only.WorkerId, only.Attempt, only.RunId));
        var beat = (await EventsAsync("job")).Single(static jobEvent => jobEvent.EventName == "heartbeat");
        Assert.Equal(beat.Timestamp, DateTimeOffset.Parse(only.Details.GetString("last_beat_at")!, CultureInfo.InvariantCulture));
        Assert.InRange(only.Details.GetDouble("silent_ms")!.Value, 30_000, 60_000);
        Assert.Equal(JobState.Stalled, (await _store.GetJobAsync("job", cancellationToken: Token))!.State);
    }

    [Fact]
    public async Task One_that_never_beat_is_known_by_its_start()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(Started("job"));

        _ = await StalledAsync("job", count: 1);
    }

    [Fact]
    public async Task Jobs_without_heartbeats_and_jobs_that_ended_are_left_alone()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(new JobEvent("plain", JobEventType.Started) { WorkerId = "worker-1" });
        await AppendAsync(Started("done"), Beat("done"), new JobEvent("done", JobEventType.Completed));
        await AppendAsync(Started("failed"), new JobEvent("failed", JobEventType.Failed));
        await AppendAsync(Started("next"), new JobEvent("next", JobEventType.Failed), Started("next", attempt: 2), new JobEvent("next", JobEventType.Cancelled));
        await AppendAsync(Started("alive"));

        for (var i = 0; i < 20; i++)
        {
            await PassAsync(watchdog, Interval);
            await AppendAsync(Beat("alive"));
        }

        Assert.Empty(await _store.GetByTypeAsync("stalled", cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Each_silence_of_a_job_is_told_once()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(Started("job"));
        _ = await StalledAsync("job", count: 1);
        await AppendAsync(Beat("job"));
        Assert.Equal(JobState.Running, (await _store.GetJobAsync("job", cancellationToken: Token))!.State);

        var stalled = await StalledAsync("job", count: 2);

        Assert.NotEqual(stalled[0].Id, stalled[1].Id);
    }

    [Fact]
    public async Task The_beats_of_a_run_that_another_has_replaced_do_not_stand_for_it()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(Started("job"), new JobEvent("job", JobEventType.Failed), Started("job", attempt: 2), new JobEvent("job", JobEventType.Completed));

        // A process that was frozen wakes up, and does not know that its job went on elsewhere.
        await AppendAsync(Beat("job"));
        await PassAsync(watchdog, TimeSpan.FromMinutes(5));

        Assert.Equal(JobState.Completed, (await _store.GetJobAsync("job", cancellationToken: Token))!.State);
        Assert.Empty(await _store.GetByTypeAsync("stalled", cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_restart_neither_misses_a_stalled_job_nor_tells_of_one_again()
    {
        await AppendAsync(Started("told"));
        await using (await StartAsync())
            _ = await StalledAsync("told", count: 1);

        await AppendAsync(Started("missed"));
        _time.Advance(TimeSpan.FromHours(1));
        await using (var watchdog = await StartAsync())
        {
            _ = await StalledAsync("missed", count: 1);
            await PassAsync(watchdog, TimeSpan.FromMinutes(5));
        }

        Assert.Equal(2, await _store.CountAsync(JobEventFilter.ForNames("stalled"), Token));
    }

    [Fact]
    public async Task Of_several_one_is_active_and_another_takes_over_when_it_stops()
    {
        var first = await StartAsync();
        await Eventually.TrueAsync(() => first.Status!.IsActive, null, "the first is active");
        await using var second = await StartAsync();
        await AppendAsync(Started("one"));
        _ = await StalledAsync("one", count: 1);
        Assert.True(first.Status!.IsActive);
        Assert.False(second.Status!.IsActive);

        await first.StopAsync(Token);
        await AppendAsync(Started("two"));
        _ = await StalledAsync("two", count: 1);

        Assert.Null(first.Status);
        Assert.True(second.Status!.IsActive);
        Assert.Equal(2, await _store.CountAsync(JobEventFilter.ForNames("stalled"), Token));
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_scope_beats_and_its_job_is_not_stalled()
    {
        await using var watchdog = await StartAsync();
        await using var scope = _logger.BeginJob("job", new JobRunOptions { HeartbeatInterval = Interval, TimeProvider = _time });

        for (var i = 0; i < 20; i++)
        {
            await PassAsync(watchdog, Interval);
            _ = await _logger.FlushAsync(Token);
        }

        scope.Complete();
        _ = await _logger.FlushAsync(Token);
        await PassAsync(watchdog, TimeSpan.FromMinutes(3));

        Assert.Equal(0, await _store.CountAsync(JobEventFilter.ForNames("stalled"), Token));
        Assert.True(await _store.CountAsync(JobEventFilter.ForNames("heartbeat"), Token) > 5);
    }

    [Fact]
    public async Task A_watchdog_that_was_frozen_does_not_take_its_own_silence_for_that_of_the_jobs()
    {
        await using var watchdog = await StartAsync();
        await AppendAsync(Started("job"));
        await Eventually.TrueAsync(() => watchdog.Status!.Jobs == 1, null, "it is watched");

        // As after SIGCONT: all time at once, and the beats only then.
        _time.Advance(TimeSpan.FromHours(1));
        await AppendAsync(Beat("job"));
        for (var i = 0; i < 15; i++)
        {
            await PassAsync(watchdog, CheckInterval);
            await AppendAsync(Beat("job"));
        }

        Assert.Equal(0, await _store.CountAsync(JobEventFilter.ForNames("stalled"), Token));
    }

    [Fact]
    public async Task Its_health_says_whether_it_watches()
    {
        var watchdog = await StartAsync();
        var check = new JobWatchdogHealthCheck(watchdog);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("naq", check, HealthStatus.Unhealthy, []) };
        await Eventually.TrueAsync(() => watchdog.Status!.IsActive, null, "it is active");
        var healthy = await check.CheckHealthAsync(context, Token);
        await watchdog.StopAsync(Token);
        var stopped = await check.CheckHealthAsync(context, Token);

        Assert.Equal((HealthStatus.Healthy, "The watchdog watches 0 jobs."), (healthy.Status, healthy.Description));
        Assert.Equal(HealthStatus.Unhealthy, stopped.Status);
        await watchdog.DisposeAsync();
    }

    [Fact]
    public void A_takeover_between_two_checks_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new JobWatchdog(
            _store, new JobWatchdogOptions { CheckInterval = TimeSpan.FromSeconds(20), TakeOverAfter = TimeSpan.FromSeconds(30) }));

        Assert.Contains("three times CheckInterval", refusal.Message, StringComparison.Ordinal);
    }

    private static JobEvent Started(string jobId, int attempt = 1) => Of(jobId, "started", attempt);

    private static JobEvent Beat(string jobId, int attempt = 1) => Of(jobId, "heartbeat", attempt);

    private static JobEvent Of(string jobId, string eventName, int attempt) => new(jobId, eventName)
    {
        WorkerId = "worker-1",
        Attempt = attempt,
        RunId = $"run-{attempt}",
        Details = JobEventFields.Parse("""{"heartbeat_ms":10000}"""),
    };

    private async Task<JobWatchdog> StartAsync()
    {
        var watchdog = new JobWatchdog(_store, timeProvider: _time);
        await watchdog.StartAsync(Token);
        await Eventually.TrueAsync(() => watchdog.Status!.IsCaughtUp, null, "it has read what is stored");
        return watchdog;
    }

    private ValueTask AppendAsync(params JobEvent[] events) =>
        _store.AppendAsync([.. events.Select(jobEvent => jobEvent with { Timestamp = _time.GetUtcNow() })], Token);

    private ValueTask<List<JobEvent>> EventsAsync(string jobId) => _store.GetByJobAsync(jobId, cancellationToken: Token).ToListAsync(Token);

    private async Task<List<JobEvent>> StalledAsync(string jobId, int count)
    {
        var stalled = new List<JobEvent>();
        await _time.AdvanceUntilAsync(
            () =>
            {
                stalled = [.. EventsAsync(jobId).AsTask().GetAwaiter().GetResult().Where(static jobEvent => jobEvent.EventName == "stalled")];
                return stalled.Count >= count;
            },
            Second);
        Assert.Equal(count, stalled.Count);
        return stalled;
    }

    /// <summary>Lets time pass, check by check.</summary>
    private async Task PassAsync(JobWatchdog watchdog, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += CheckInterval)
        {
            _time.Advance(CheckInterval);
            await Eventually.TrueAsync(() => watchdog.Status!.SinceCheck == TimeSpan.Zero, null, "it has looked at its jobs");
        }
    }
}
