using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Naq.Events;

/// <summary>
/// Tells a host's health checks whether a processor gets on:
/// <c>services.AddHealthChecks().AddCheck&lt;JobEventProcessorHealthCheck&gt;("naq-processor")</c>. Unhealthy when events wait and for
/// <see cref="JobEventProcessorOptions.UnhealthyAfter"/> none came or was done with; degraded when the oldest in hand is older than
/// <see cref="JobEventProcessorOptions.DegradedLag"/>, and while a durable processor has dead letters.
/// </summary>
/// <param name="processor">The processor.</param>
public sealed class JobEventProcessorHealthCheck(JobEventProcessor processor) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (failure, lag) = (context.Registration.FailureStatus, processor.Lag);
        var data = new Dictionary<string, object> { ["running"] = lag is not null };
        if (lag is not null)
            (data["lag_events"], data["lag_seconds"]) = (lag.Events, lag.Time.TotalSeconds);

        try
        {
            var (deadLetters, parked) = processor.DeadLetters is { } kept
                ? await kept.CountBothAsync(cancellationToken).ConfigureAwait(false)
                : default;
            (data["dead_letters"], data["parked_events"]) = (deadLetters, parked);
            return processor.Stall() is { } stall
                ? new HealthCheckResult(failure, $"{Name} does not get on: {stall}.", data: data)
                : lag?.Time > processor.Options.DegradedLag
                    ? HealthCheckResult.Degraded(Text($"{Name} is {lag.Time.TotalSeconds:F0} s behind, {lag.Events} events."), data: data)
                : deadLetters + parked > 0
                    ? HealthCheckResult.Degraded(
                        Text($"{Name} has {deadLetters} dead letters{(parked > 0 ? Text($", and {parked} events parked behind them") : "")}."), data: data)
                : HealthCheckResult.Healthy(lag is null ? $"{Name} is stopped." : $"{Name} gets on.", data);
        }
        catch (JobEventStoreException exception)
        {
            return new HealthCheckResult(failure, exception.Message, exception, data);
        }
    }

    private string Name => processor.Options.Name is { } name ? $"The processor '{name}'" : "The live processor";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
