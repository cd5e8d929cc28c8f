using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Moves a durable processor's deliveries to its dead letters.</summary>
internal sealed class DeadLettering(JobEventProcessorOptions options, IParkedJobs? parkedJobs, ILogger log)
{
    /// <summary>Keeps it first, then terminates it: a failure in between leaves it in both places, never in none.</summary>
    public async ValueTask MoveAsync(JobEventDelivery delivery, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        await delivery.DeadLetterAsync(reason, cancellationToken).ConfigureAwait(false);
        var (eventName, eventId) = (delivery.Event?.EventName ?? "(malformed)", delivery.Event?.Id ?? Guid.Empty);
        if (reason.Cause == JobEventDeadLetterCause.Parked)
        {
            JobEventMetrics.Parked.Add(1, new KeyValuePair<string, object?>("processor", options.Name));
            ProcessingLog.EventParked(log, eventName, eventId, delivery.Sequence, options.Name ?? "", LogText.Of(delivery.Event!.JobId));
        }
        else
        {
            // Before its outcome is told: a later event of the job, here or where it comes next, must find it.
            if (delivery.Event is { } jobEvent && options.OnDeadLetter == JobEventDeadLetterOrder.ParkJob)
                parkedJobs?.Note(jobEvent.JobId);

            JobEventMetrics.DeadLettered.Add(1, new("processor", options.Name), new("cause", reason.Cause.ToString()));
            ProcessingLog.EventDeadLettered(
                log, eventName, eventId, delivery.Sequence, options.Name ?? "", delivery.Attempt, LogText.Of(reason.Text));
        }

        await delivery.TerminateAsync(reason.Text, cancellationToken).ConfigureAwait(false);
    }
}
