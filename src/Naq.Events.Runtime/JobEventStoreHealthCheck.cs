using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks how the store is: <c>services.AddHealthChecks().AddCheck&lt;JobEventStoreHealthCheck&gt;("naq")</c>.
/// Unhealthy, or what is registered as the status of failures, when it cannot be used, and for 5 minutes after events were removed before a
/// subscription or processor of this process had read them.
/// </summary>
/// <param name="store">The store.</param>
public sealed class JobEventStoreHealthCheck(IJobEventStore store) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var health = await store.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        return new HealthCheckResult(
            health.IsHealthy && health.RecentlyLost == 0 ? HealthStatus.Healthy : context.Registration.FailureStatus,
            health.Description,
            data: new Dictionary<string, object> { ["recently_lost"] = health.RecentlyLost });
    }
}
