using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Handles one event after the other, of whichever job has one ready.</summary>
internal sealed class LaneWorker(LaneContext context, CancellationToken stopping) : IDisposable
{
    private readonly HandlerRun _run = new(context.Options.HandlerTimeout, context.Log, context.TimeProvider, stopping);

    /// <summary>Runs the handlers of an event, and tells the store what became of it. It does not throw.</summary>
    /// <returns>How long the event stays in hand until its next try; <see langword="null"/> when it does not.</returns>
    public async ValueTask<TimeSpan?> HandleAsync(JobEventDelivery delivery)
    {
        var jobEvent = delivery.Event!;
        _run.Begin(context.Completed.Of(delivery));
        var handled = new HandlerDelivery(jobEvent, context.Services, context.Options.Name, delivery.Attempt);
        for (var i = 0; i < context.Dispatchers.Count; i++)
        {
            // By index: the enumerator of an interface would be an object for each event.
            var dispatcher = context.Dispatchers[i];
            _run.BeginRegistration(i);
            try
            {
                await dispatcher.DispatchAsync(handled, _run).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A handler class that cannot be constructed fails the event as a handler that throws does.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _run.Fail(dispatcher.Name, exception);
                ProcessingLog.HandlerFailed(
                    context.Log, exception, dispatcher.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
            }
        }

        if (stopping.IsCancellationRequested && _run.Failed)
            return null;

        try
        {
            return await SettleAsync(delivery, jobEvent).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The store did not hear: it delivers the event again, which is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.OutcomeNotTold(context.Log, exception, jobEvent.Id, jobEvent.Sequence);
            return null;
        }
    }

    public void Dispose() => _run.Dispose();

    private async ValueTask<TimeSpan?> SettleAsync(JobEventDelivery delivery, JobEvent jobEvent)
    {
        var options = context.Options;
        if (!_run.Failed)
        {
            JobEventMetrics.Handled.Add(1);
            await delivery.AcknowledgeAsync(CancellationToken.None).ConfigureAwait(false);
        }
        else if (options.Name is null)
        {
            ProcessingLog.EventLeftBehind(context.Log, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        }
        else if (delivery.Attempt < options.MaxDeliver)
        {
            context.Completed.Remember(delivery, _run.Completed);
            var delay = RedeliveryDelay.After(options.RetryDelay, delivery.Attempt);
            if (options.OnRetry == JobEventRetryOrder.BlockJob)
                return delay;

            await delivery.RetryAsync(delay, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            var reason = DeadLetterReason.HandlerFailed(_run.Failure!, delivery.Attempt);
            await context.DeadLettering.MoveAsync(delivery, reason, CancellationToken.None).ConfigureAwait(false);
        }

        return null;
    }
}
