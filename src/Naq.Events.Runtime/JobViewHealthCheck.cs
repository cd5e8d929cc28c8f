using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks whether lists of jobs are read from the job view:
/// <c>services.AddHealthChecks().AddCheck&lt;JobViewHealthCheck&gt;("naq-job-view")</c>. Degraded while they are not, since the view is too far
/// behind or not there: they are right, but read every event.
/// </summary>
/// <param name="projector">The projector.</param>
public sealed class JobViewHealthCheck(JobViewProjector projector) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var status = await projector.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            var data = new Dictionary<string, object> { ["sequence"] = status.Sequence, ["behind"] = status.Behind };
            return status.IsUsed
                ? HealthCheckResult.Healthy($"The job view is {status.Behind} events behind.", data)
                : HealthCheckResult.Degraded(
                    $"The job view is {status.Behind} events behind, and lists of jobs read every event. It is being built, or nobody keeps it.", data: data);
        }
        catch (JobEventStoreException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
