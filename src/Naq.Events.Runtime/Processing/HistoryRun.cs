using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>
/// Gives stored events to handlers once more, in the lanes and with the tries of their processor, but without its position and its
/// dead letters: what fails is logged and counted.
/// </summary>
internal sealed class HistoryRun : IDisposable
{
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _handling;
    private readonly Lanes _lanes;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The read itself is one of what is under way.
    private long _underWay = 1;
    private long _handled;
    private long _failed;

    public HistoryRun(
        JobEventProcessorOptions options,
        IReadOnlyList<IJobEventDispatcher> dispatchers,
        IServiceProvider services,
        ILogger log,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        _log = log;
        _timeProvider = timeProvider;
        _handling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var context = new LaneContext(options, new FailurePolicy(options), dispatchers, services, LeaveBehind, Done, log, timeProvider)
        {
            WaitsInHand = true,
        };
        _lanes = new Lanes(context, _handling.Token);
    }

    /// <summary>Handles all of them, and returns when the last is handled or given up.</summary>
    public async ValueTask<JobEventReplayResult> RunAsync(IAsyncEnumerable<JobEvent> events)
    {
        try
        {
            await foreach (var jobEvent in events.WithCancellation(_handling.Token).ConfigureAwait(false))
            {
                _ = Interlocked.Increment(ref _underWay);
                _ = await _lanes.AddAsync(Delivery(jobEvent), _handling.Token).ConfigureAwait(false);
                _lanes.Announce();
            }

            End();
            await _finished.Task.WaitAsync(_handling.Token).ConfigureAwait(false);
            return new JobEventReplayResult(Interlocked.Read(ref _handled), Interlocked.Read(ref _failed));
        }
        finally
        {
            // After an exception, that of the read or a cancellation, what is still in hand is not wanted.
            await _handling.CancelAsync().ConfigureAwait(false);
            _lanes.Complete();
            await _lanes.Completion.ConfigureAwait(false);
        }
    }

    public void Dispose() => _handling.Dispose();

    private HistoryDelivery Delivery(JobEvent jobEvent) =>
        new() { Event = jobEvent, Sequence = jobEvent.Sequence, Delivery = 1, FirstSeen = _timeProvider.GetUtcNow() };

    private ValueTask LeaveBehind(JobEventDelivery delivery, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        var jobEvent = delivery.Event!;
        ProcessingLog.ReplayedEventLeftBehind(_log, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence, delivery.Attempt, LogText.Of(reason.Text));
        return default;
    }

    private void Done(JobEventDelivery delivery)
    {
        _ = Interlocked.Increment(ref ((HistoryDelivery)delivery).IsHandled ? ref _handled : ref _failed);
        End();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
            _finished.TrySetResult();
    }
}
