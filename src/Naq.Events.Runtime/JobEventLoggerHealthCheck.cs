using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks whether the logger gets on: <c>services.AddHealthChecks().AddCheck&lt;JobEventLoggerHealthCheck&gt;("naq-logger")</c>.
/// Unhealthy when events wait and none was acknowledged for <see cref="JobEventLoggerOptions.UnhealthyAfter"/>; degraded for
/// <see cref="JobEventLoggerOptions.DegradedAfterLoss"/> after events were lost. It asks nobody, so that it never waits.
/// </summary>
/// <param name="logger">The logger.</param>
public sealed class JobEventLoggerHealthCheck(JobEventLogger logger) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (meter, options) = (logger.Meter, logger.Options);
        var depth = meter.Depth();
        var stalled = meter.Stalled(in depth);
        var data = new Dictionary<string, object>
        {
            ["buffered_events"] = depth.Events,
            ["buffered_bytes"] = depth.Bytes,
            ["stored_events"] = meter.Stored,
            ["lost_events"] = meter.Lost,
            ["connected"] = meter.IsConnected(),
            ["seconds_without_acknowledgement"] = stalled.TotalSeconds,
        };
        return Task.FromResult(
            stalled >= options.UnhealthyAfter
                ? new HealthCheckResult(context.Registration.FailureStatus, Text($"{depth.Events} events wait, and none was acknowledged for {stalled.TotalSeconds:F0} s."), data: data)
            : meter.SinceLoss < options.DegradedAfterLoss
                ? new HealthCheckResult(HealthStatus.Degraded, Text($"{meter.Lost} events were lost, the last {meter.SinceLoss!.Value.TotalSeconds:F0} s ago."), data: data)
            : new HealthCheckResult(HealthStatus.Healthy, Text($"{meter.Stored} events are stored, {depth.Events} are buffered."), data: data));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
