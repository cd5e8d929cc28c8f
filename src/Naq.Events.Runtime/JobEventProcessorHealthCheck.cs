using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks whether a durable processor has dead letters:
/// <c>services.AddHealthChecks().AddCheck&lt;JobEventProcessorHealthCheck&gt;("naq-processor")</c>. Degraded while there is one;
/// a live processor has none.
/// </summary>
/// <param name="processor">The processor.</param>
public sealed class JobEventProcessorHealthCheck(JobEventProcessor processor) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (processor.DeadLetters is not { } deadLetters)
            return HealthCheckResult.Healthy("The processor is live: it has no dead letters.");

        try
        {
            var count = await deadLetters.CountAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var data = new Dictionary<string, object> { ["dead_letters"] = count };
            return count == 0
                ? HealthCheckResult.Healthy($"The processor '{deadLetters.Processor}' has no dead letters.", data)
                : HealthCheckResult.Degraded($"The processor '{deadLetters.Processor}' has {count} dead letters.", data: data);
        }
        catch (JobEventStoreException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
