using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Diagnostics;

public sealed class LoggerHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualStore _store = new();

    [Fact]
    public async Task An_idle_logger_is_healthy_however_long_ago_it_stored_something()
    {
        await using var test = Logger();
        _store.AcknowledgeAllFromNowOn();
        test.WriteMany(3);
        await Eventually.TrueAsync(() => test.Logger.Meter.Stored == 3, null, "the events are stored");
        _time.Advance(TimeSpan.FromHours(5));

        var health = await CheckAsync(test);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal((3L, 0, 0L), (health.Data["stored_events"], health.Data["buffered_events"], health.Data["lost_events"]));
    }

    [Fact]
    public async Task Events_that_wait_with_none_acknowledged_for_long_make_it_unhealthy_until_one_is()
    {
        await using var test = Logger();
        _time.Advance(TimeSpan.FromHours(1));
        test.WriteMany(4);
        await Eventually.TrueAsync(() => _store.Ids.Count > 0, null, "events are sent");
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(test)).Status);

        _time.Advance(TimeSpan.FromSeconds(1));
        var health = await CheckAsync(test);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Equal("4 events wait, and none was acknowledged for 30 s.", health.Description);
        Assert.Equal((4, true), (health.Data["buffered_events"], health.Data["connected"]));

        _store.Acknowledge(1);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(test)).Status);
        _store.AcknowledgeAllFromNowOn();
    }

    [Fact]
    public async Task A_loss_degrades_it_for_a_while()
    {
        await using var test = Logger();
        _store.AcknowledgeAllFromNowOn();
        test.Write("");
        _time.Advance(TimeSpan.FromMinutes(4));
        var health = await CheckAsync(test);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal("1 events were lost, the last 240 s ago.", health.Description);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(test)).Status);
    }

    [Fact]
    public async Task The_status_of_a_failure_is_the_registrations()
    {
        await using var test = Logger();
        test.WriteMany(1);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(test, HealthStatus.Degraded)).Status);
        _store.AcknowledgeAllFromNowOn();
    }

    private static Task<HealthCheckResult> CheckAsync(LoggerUnderTest test, HealthStatus failureStatus = HealthStatus.Unhealthy)
    {
        var check = new JobEventLoggerHealthCheck(test.Logger);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("logger", check, failureStatus, tags: null) });
    }

    private LoggerUnderTest Logger() => new(_store, timeProvider: _time);
}
