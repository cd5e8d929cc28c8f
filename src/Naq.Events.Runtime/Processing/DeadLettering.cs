using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Moves a durable processor's deliveries to its dead letters.</summary>
internal sealed class DeadLettering(
    JobEventProcessorOptions options, FailurePolicy policy, IReadOnlyList<IJobEventDispatcher> dispatchers, ILogger log)
{
    /// <summary>Why a delivery is not to reach a handler; <see langword="null"/> for one that is.</summary>
    public DeadLetterReason? OnSight(JobEventDelivery delivery)
    {
        if (delivery.Event is null)
            return DeadLetterReason.Malformed(delivery.Problem ?? "Malformed.");

        return policy.IsDurable && delivery.Attempt > options.MaxDeliver && delivery.Attempt > MostAttempts(delivery.Event)
            ? DeadLetterReason.NoOutcome(delivery.Attempt)
            : null;
    }

    /// <summary>Keeps it first, then terminates it: a failure in between leaves it in both places, never in none.</summary>
    public async ValueTask MoveAsync(JobEventDelivery delivery, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        await delivery.DeadLetterAsync(reason, cancellationToken).ConfigureAwait(false);
        JobEventMetrics.DeadLettered.Add(1, new("processor", options.Name), new("cause", reason.Cause.ToString()));
        ProcessingLog.EventDeadLettered(
            log, delivery.Event?.EventName ?? "(malformed)", delivery.Event?.Id ?? Guid.Empty, delivery.Sequence, options.Name ?? "",
            delivery.Attempt, reason.Text);
        await delivery.TerminateAsync(reason.Text, cancellationToken).ConfigureAwait(false);
    }

    private int MostAttempts(JobEvent jobEvent) =>
        dispatchers.Select(dispatcher => dispatcher.MostAttempts(jobEvent, policy)).DefaultIfEmpty().Max();
}
