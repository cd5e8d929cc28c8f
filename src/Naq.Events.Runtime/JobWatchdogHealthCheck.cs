using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks whether a watchdog watches:
/// <c>services.AddHealthChecks().AddCheck&lt;JobWatchdogHealthCheck&gt;("naq-watchdog")</c>. Unhealthy when it is stopped, or could not look at the
/// jobs for <see cref="JobWatchdogOptions.TakeOverAfter"/>; degraded while it reads what was stored before it started.
/// </summary>
/// <param name="watchdog">The watchdog.</param>
public sealed class JobWatchdogHealthCheck(JobWatchdog watchdog) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (watchdog.Status is not { } status)
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The watchdog is stopped."));

        var data = new Dictionary<string, object>
        {
            ["active"] = status.IsActive,
            ["jobs"] = status.Jobs,
            ["seconds_since_check"] = status.SinceCheck.TotalSeconds,
        };
        return Task.FromResult(
            status.SinceCheck > watchdog.Options.TakeOverAfter
                ? new HealthCheckResult(
                    context.Registration.FailureStatus,
                    string.Create(CultureInfo.InvariantCulture, $"The watchdog has not looked at its jobs for {status.SinceCheck.TotalSeconds:F0} s: the store cannot be asked."),
                    data: data)
                : !status.IsCaughtUp
                    ? HealthCheckResult.Degraded("The watchdog reads what was stored before, and takes no job for stalled meanwhile.", data: data)
                : HealthCheckResult.Healthy(status.IsActive ? $"The watchdog watches {status.Jobs} jobs." : $"The watchdog stands by; {status.Jobs} jobs beat.", data));
    }
}
