using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Handles one event after the other, of whichever job has one ready.</summary>
internal sealed class LaneWorker(LaneContext context, CancellationToken stopping) : IDisposable
{
    private readonly HandlerRun _run = new(context.Options.HandlerTimeout, context.Log, context.TimeProvider, stopping);

    /// <summary>Runs the handlers of an event, and tells the store what became of it. It does not throw.</summary>
    public async ValueTask HandleAsync(JobEventDelivery delivery)
    {
        var jobEvent = delivery.Event!;
        _run.Begin(context.Completed.Of(delivery));
        var handled = new HandlerDelivery(jobEvent, context.Services, context.Options.Name, delivery.Delivery);
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
            return;

        try
        {
            await SettleAsync(delivery, jobEvent).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The store did not hear: it delivers the event again, which is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.OutcomeNotTold(context.Log, exception, jobEvent.Id, jobEvent.Sequence);
        }
    }

    public void Dispose() => _run.Dispose();

    private ValueTask SettleAsync(JobEventDelivery delivery, JobEvent jobEvent)
    {
        if (!_run.Failed)
        {
            JobEventMetrics.Handled.Add(1);
            return delivery.AcknowledgeAsync(CancellationToken.None);
        }

        var options = context.Options;
        if (options.Name is not null && delivery.Delivery < options.MaxDeliver)
        {
            context.Completed.Remember(delivery, _run.Completed);
            return delivery.RetryAsync(RedeliveryDelay.After(options.RetryDelay, delivery.Delivery), CancellationToken.None);
        }

        if (options.Name is not null)
            return context.DeadLettering.MoveAsync(delivery, DeadLetterReason.HandlerFailed(_run.Failure!, delivery.Delivery), CancellationToken.None);

        ProcessingLog.EventLeftBehind(context.Log, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        return default;
    }
}
