using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Handles one event after the other. All events of a job go through the same lane, which keeps their order.</summary>
internal sealed class Lane : IDisposable
{
    private const int Queued = 4;

    private readonly Channel<JobEventDelivery> _queue = Channel.CreateBounded<JobEventDelivery>(
        new BoundedChannelOptions(Queued) { SingleReader = true, SingleWriter = true });

    private readonly LaneContext _context;
    private readonly HandlerRun _run;
    private volatile bool _completed;

    public Lane(LaneContext context, CancellationToken stopping)
    {
        _context = context;
        _run = new HandlerRun(context.Options.HandlerTimeout, context.Log, context.TimeProvider, stopping);
        Completion = Task.Run(() => RunAsync(stopping), CancellationToken.None);
    }

    /// <summary>The most deliveries a lane holds: those queued, one that runs and one that waits to be queued.</summary>
    public static int Capacity => Queued + 2;

    /// <summary>Completes when the last event is handled, after <see cref="Complete"/>.</summary>
    public Task Completion { get; }

    public ValueTask AddAsync(JobEventDelivery delivery, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(delivery, cancellationToken);

    /// <summary>Takes no more.</summary>
    public void Complete()
    {
        _completed = true;
        _ = _queue.Writer.TryComplete();
    }

    public void Dispose() => _run.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var delivery in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // A durable processor's events are given back by the store's session, which ends with the processor. Nobody would
            // deliver a live one's again.
            if (stopping.IsCancellationRequested || (_completed && _context.Options.Name is not null))
                continue;

            await HandleAsync(delivery, stopping).ConfigureAwait(false);
            _context.Done(delivery);
        }
    }

    private async Task HandleAsync(JobEventDelivery delivery, CancellationToken stopping)
    {
        var jobEvent = delivery.Event!;
        _run.Begin();
        var handled = new HandlerDelivery(jobEvent, _context.Services, _context.Options.Name, delivery.Delivery);
        for (var i = 0; i < _context.Dispatchers.Count; i++)
        {
            // By index: the enumerator of an interface would be an object for each event.
            var dispatcher = _context.Dispatchers[i];
            try
            {
                await dispatcher.DispatchAsync(handled, _run).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A handler class that cannot be constructed fails the event as a handler that throws does.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _run.Fail();
                ProcessingLog.HandlerFailed(
                    _context.Log, exception, dispatcher.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
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
            ProcessingLog.OutcomeNotTold(_context.Log, exception, jobEvent.Id, jobEvent.Sequence);
        }
    }

    private ValueTask SettleAsync(JobEventDelivery delivery, JobEvent jobEvent)
    {
        if (!_run.Failed)
        {
            JobEventMetrics.Handled.Add(1);
            return delivery.AcknowledgeAsync(CancellationToken.None);
        }

        var options = _context.Options;
        if (options.Name is not null && delivery.Delivery < options.MaxDeliver)
            return delivery.RetryAsync(RedeliveryDelay.After(options.RetryDelay, delivery.Delivery), CancellationToken.None);

        ProcessingLog.EventLeftBehind(_context.Log, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence, delivery.Delivery);
        return delivery.TerminateAsync("Its handlers failed in every delivery.", CancellationToken.None);
    }
}
