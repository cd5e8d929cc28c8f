using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Runtime.Tests.Diagnostics;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>How far a processor is behind, and whether it gets on.</summary>
public sealed class LagTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly SemaphoreSlim _handle = new(0);
    private int _begun;

    public LagTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    public void Dispose()
    {
        _store.Dispose();
        _handle.Dispose();
    }

    [Fact]
    public async Task The_lag_is_what_is_not_handled_and_the_age_of_the_oldest_in_hand()
    {
        using var measured = new Measured();
        await using var test = await StartAsync();
        Assert.Equal(new JobEventProcessorLag(0, TimeSpan.Zero), test.Processor.Lag);

        await AppendAsync(count: 100);
        await Eventually.TrueAsync(() => test.Processor.Lag!.Events == 100, null, "all wait, in hand or in the store");
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(20), test.Processor.Lag!.Time);
        Assert.Equal(100, measured.Read("naq.processor.lag", "processor", "lagging"));
        Assert.Equal(20, measured.Read("naq.processor.lag.time", "processor", "lagging"));
        _handle.Release(100);
        await Eventually.TrueAsync(() => test.Processor.Lag == new JobEventProcessorLag(0, TimeSpan.Zero), null, "all are handled");
        await test.Processor.StopAsync();
        Assert.Null(test.Processor.Lag);
    }

    [Fact]
    public async Task A_live_processor_knows_what_it_has_in_hand()
    {
        await using var test = await StartAsync(static options => options.Name = null);

        await AppendAsync(count: 3);

        await Eventually.TrueAsync(() => test.Processor.Lag!.Events == 3, null, "all are in hand");
        _handle.Release(3);
    }

    [Fact]
    public async Task What_is_not_for_its_handlers_is_not_waited_for()
    {
        await using var processor = new JobEventProcessor(
            _store, new JobEventProcessorOptions { Name = "lagging", UnhealthyAfter = TimeSpan.FromSeconds(30) }, timeProvider: _time);
        var handled = 0;
        processor.AddHandlers(new FailedHandlers(_ => handled++, static _ => { }));
        await processor.StartAsync();

        await _store.AppendAsync([new JobEvent("job", JobEventType.Failed), Event("job", 1), Event("job", 2)]);

        await Eventually.TrueAsync(() => handled == 1 && processor.Lag!.Events == 0, null, "nothing waits");
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(processor)).Status);
    }

    [Fact]
    public async Task The_health_check_says_how_far_it_is_behind()
    {
        await using var test = await StartAsync(static options =>
            (options.DegradedLag, options.HandlerTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)));
        await AppendAsync(count: 2);
        await Eventually.TrueAsync(() => test.Processor.Lag!.Events == 2, null, "both are in hand");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(test.Processor)).Status);

        _time.Advance(TimeSpan.FromSeconds(61));
        var health = await CheckAsync(test.Processor);

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal("The processor 'lagging' is 61 s behind, 2 events.", health.Description);
        Assert.Equal((2L, 61.0), ((long)health.Data["lag_events"], (double)health.Data["lag_seconds"]));
        _handle.Release(2);
    }

    [Fact]
    public async Task A_processor_that_does_not_get_on_is_unhealthy_and_one_that_waits_for_a_next_try_is_not()
    {
        await using var test = await StartAsync(static options =>
            (options.UnhealthyAfter, options.HandlerTimeout, options.RetryDelay) =
            (TimeSpan.FromSeconds(30), TimeSpan.FromHours(1), TimeSpan.FromMinutes(50)));
        await AppendAsync(count: 1);
        await Eventually.TrueAsync(() => test.Processor.Lag!.Events == 1 && Volatile.Read(ref _begun) == 1, null, "it is in hand");

        _time.Advance(TimeSpan.FromSeconds(31));
        var stuck = await CheckAsync(test.Processor);
        _time.Advance(TimeSpan.FromHours(1));
        await Eventually.TrueAsync(() => test.Log.Of(301).Count == 1, null, "its time is up");
        await Eventually.TrueAsync(() => test.Processor.Stall() is null, null, "it waits for its next try");

        Assert.Equal(HealthStatus.Unhealthy, stuck.Status);
        Assert.Equal(
            "The processor 'lagging' does not get on: 1 events wait, and for 31 s none came or was done with.", stuck.Description);
    }

    private static Task<HealthCheckResult> CheckAsync(JobEventProcessor processor)
    {
        var check = new JobEventProcessorHealthCheck(processor);
        return check.CheckHealthAsync(new HealthCheckContext
        {
            Registration = new HealthCheckRegistration("naq", check, HealthStatus.Unhealthy, []),
        });
    }

    private Task<ProcessorUnderTest> StartAsync(Action<JobEventProcessorOptions>? configure = null) => ProcessorUnderTest.StartAsync(
        _store,
        async (_, _, token) =>
        {
            _ = Interlocked.Increment(ref _begun);
            await _handle.WaitAsync(token);
        },
        options =>
        {
            options.Name = "lagging";
            configure?.Invoke(options);
        },
        _time);

    private ValueTask AppendAsync(int count) => _store.AppendAsync(
        [.. Enumerable.Range(0, count).Select(number => Event($"job-{number}", number) with { Timestamp = _time.GetUtcNow() })]);
}
