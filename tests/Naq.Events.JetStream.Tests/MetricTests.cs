using Microsoft.Extensions.Diagnostics.HealthChecks;
using Naq.Events.Runtime.Tests.Diagnostics;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests;

/// <summary>What metrics and health show of a server that goes away and comes back.</summary>
public sealed class MetricTests : OwnServerTests
{
    private const int Deadline = 60_000;

    private readonly Measured _measured = new();
    private readonly string _service = $"s{Guid.NewGuid():N}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _measured.Dispose();
    }

    [Fact(Timeout = Deadline)]
    public async Task The_time_to_an_acknowledgement_is_measured_under_the_names_of_the_conventions()
    {
        await using var store = Stream.Store(service: _service);
        await using var logger = new JobEventLogger(store, Stream.Options(service: _service));
        logger.LogJobStarted("job", "w1", "async");
        Assert.True((await logger.FlushAsync(Token)).Completed);

        var samples = new List<(double Value, Dictionary<string, object?> Tags)>();
        await Eventually.TrueAsync(
            () =>
            {
                samples = [.. _measured.Of("messaging.client.operation.duration", "messaging.destination.name", Stream.Name)];
                return samples.Count > 0;
            },
            null,
            "a duration is measured");
        Assert.All(samples, sample => Assert.InRange(sample.Value, 0.000_001, 30));
        Assert.Equal(
            ["messaging.destination.name", "messaging.operation.name", "messaging.operation.type", "messaging.system"],
            samples[0].Tags.Keys.Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_outage_is_seen_in_the_connections_the_buffer_the_events_sent_again_and_the_health()
    {
        var options = Stream.Options(service: _service);
        options.Logger.RetryDelay = TimeSpan.FromMilliseconds(50);
        options.Logger.UnhealthyAfter = TimeSpan.FromSeconds(1);
        await using var store = Stream.Store(service: _service, configure: stream => stream.Timeout = TimeSpan.FromMilliseconds(500));
        await using var logger = new JobEventLogger(store, options);
        logger.LogJobStarted("job", "w1", "async");
        Assert.True((await logger.FlushAsync(Token)).Completed);
        Assert.Equal(1, _measured.Read("naq.events.connections", _service));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(logger)).Status);

        Server.Suspend();
        logger.LogJobStarted("job", "w1", "async");
        await Eventually.TrueAsync(() => _measured.Read("naq.events.connections", _service) == 0, null, "the loss of the connection is seen");
        Assert.Equal(1, _measured.Read("naq.events.buffer.events", _service));
        await Eventually.TrueAsync(async () => (await CheckAsync(logger)).Status == HealthStatus.Unhealthy, null, "the logger is unhealthy");

        Server.Resume();
        Assert.True((await logger.FlushAsync(Token)).Completed);
        Assert.Equal(1, _measured.Read("naq.events.connections", _service));
        Assert.Equal(0, _measured.Read("naq.events.buffer.events", _service));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(logger)).Status);
        Assert.Equal(2, await store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_that_are_sent_again_are_counted()
    {
        await using var store = Stream.Store(service: _service, configure: stream => stream.Timeout = TimeSpan.FromMilliseconds(500));
        await using var logger = new JobEventLogger(store, Stream.Options(service: _service));
        logger.LogJobStarted("job", "w1", "async");
        Assert.True((await logger.FlushAsync(Token)).Completed);

        Server.Suspend();
        logger.LogJobStarted("job", "w1", "async");
        await Eventually.TrueAsync(
            () => Stream.Log.Warnings.Any(text => text.Contains("no acknowledgement", StringComparison.Ordinal)), null, "the silence is noticed");
        Server.Resume();
        Assert.True((await logger.FlushAsync(Token)).Completed);

        Assert.True(_measured.Of("naq.events.resent", "messaging.destination.name", Stream.Name).Sum(measured => measured.Value) >= 1);
    }

    private static Task<HealthCheckResult> CheckAsync(JobEventLogger logger)
    {
        var check = new JobEventLoggerHealthCheck(logger);
        return check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("logger", check, HealthStatus.Unhealthy, tags: null) }, Token);
    }
}
