using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks how the store is: <c>services.AddHealthChecks().AddCheck&lt;JobEventStoreHealthCheck&gt;("naq")</c>.
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
            health.IsHealthy ? HealthStatus.Healthy : context.Registration.FailureStatus, health.Description);
    }
}
