using Microsoft.Extensions.Logging;
using Naq.Events.Processing;

namespace Naq.Events.Harness;

/// <summary>
/// Handles what is due, one event after the other on the caller's call, with the store's deliveries and the handlers' policies of a durable
/// processor. What waits for its next try stays in hand, and holds up its job, as it does there.
/// </summary>
internal sealed class HarnessRun : IDisposable
{
    private const int MostTimers = 1_000;

    private readonly JobEventProcessorOptions _options;
    private readonly HarnessClock _clock;
    private readonly LaneOrder _order;
    private readonly Func<JobEventDelivery?> _next;
    private readonly CancellationTokenSource _handling = new();
    private readonly LaneWorker _worker;
    private readonly List<InHand> _inHand = [];
    private readonly List<JobEventTestDelivery> _deliveries = [];
    private JobEventTestDelivery? _current;

    public HarnessRun(
        InMemoryJobEventStore store,
        JobEventProcessorOptions options,
        IReadOnlyList<IJobEventDispatcher> dispatchers,
        IServiceProvider services,
        ILogger log,
        HarnessClock clock)
    {
        _options = options;
        _clock = clock;
        _order = LaneOrder.Of(options, dispatchers);
        var request = DeliveryRequest.Of(options.Name!, options, dispatchers, options.Start);
        _next = store.OpenSession(request);
        var parked = options.OnDeadLetter == JobEventDeadLetterOrder.ParkJob ? ((IDeliveringStore)store).OpenParkedJobs(request) : null;
        var deadLettering = new DeadLettering(options, parked, log);
        var context = new LaneContext(options, new FailurePolicy(options), dispatchers, services, GiveUpAsync, static _ => { }, log, clock)
        {
            WaitsInHand = true,
            ParkedJobs = parked,
            OnVerdict = Note,
        };
        _worker = new LaneWorker(context, _handling.Token);

        async ValueTask GiveUpAsync(JobEventDelivery delivery, DeadLetterReason reason, CancellationToken cancellationToken)
        {
            await deadLettering.MoveAsync(delivery, reason, cancellationToken).ConfigureAwait(false);
            _current = (_current ?? At(delivery)) with { Outcome = JobEventTestOutcome.DeadLettered, RetryDelay = default, Reason = reason.Text };
        }
    }

    /// <summary>What was tried, in that order.</summary>
    public IReadOnlyList<JobEventTestDelivery> Deliveries => _deliveries;

    /// <summary>When the next try of what waits is due, and does not wait behind another; <see langword="null"/> when nothing waits.</summary>
    public DateTimeOffset? NextDueAt => _inHand.Count == 0
        ? null
        : (_options.OnRetry == JobEventRetryOrder.BlockJob ? _inHand.DistinctBy(static held => held.Key) : _inHand).Min(static held => held.DueAt);

    /// <summary>Handles the next event that is due.</summary>
    /// <param name="patience">How long, by the clock on the wall, a handler may take before the harness's clock is moved on for it.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> TryHandleNextAsync(TimeSpan patience)
    {
        await ExtendAsync().ConfigureAwait(false);
        while (_next() is { } delivery)
        {
            delivery.FirstSeen = _clock.GetUtcNow();
            _inHand.Add(new InHand(delivery, _order.KeyOf(delivery), _clock.GetUtcNow()));
        }

        var now = _clock.GetUtcNow();
        if (_inHand.Where(held => held.DueAt <= now && IsNext(held)).MinBy(static held => held.Delivery.Sequence) is not { } next)
            return false;

        _current = null;
        var wait = await HandleAsync(next.Delivery, patience).ConfigureAwait(false);
        if (_current is { } tried)
            _deliveries.Add(tried);

        if (wait is { } delay)
            next.DueAt = _clock.GetUtcNow() + delay;
        else
            _ = _inHand.Remove(next);

        return true;
    }

    public void Dispose()
    {
        _worker.Dispose();
        _handling.Dispose();
    }

    /// <summary>Whether nothing of its job, or of what else the order is by, has to be handled before it.</summary>
    private bool IsNext(InHand held) => _inHand.First(other =>
        other.Key == held.Key && (_options.OnRetry == JobEventRetryOrder.BlockJob || other.DueAt <= _clock.GetUtcNow())) == held;

    private async Task<TimeSpan?> HandleAsync(JobEventDelivery delivery, TimeSpan patience)
    {
        // Not on the caller's thread: a handler may block its own.
        var handling = Task.Run(() => _worker.HandleAsync(delivery).AsTask());
        for (var timers = 0; await Task.WhenAny(handling, Task.Delay(patience, TimeProvider.System)).ConfigureAwait(false) != handling; timers++)
        {
            // It waits for what only time brings: its own time limit, at the latest.
            if (timers == MostTimers || !_clock.AdvanceToNextTimer())
            {
                throw new TimeoutException(
                    $"The handlers of '{delivery.Event!.EventName}' ({delivery.Event.JobId}) have not ended within {patience.TotalSeconds:0.##} s, nor when their "
                    + "time was up. Raise Patience if they take longer; do not block the thread in them.");
            }

            await ExtendAsync().ConfigureAwait(false);
        }

        return await handling.ConfigureAwait(false);
    }

    private async ValueTask ExtendAsync()
    {
        foreach (var held in _inHand)
            await held.Delivery.ExtendAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private void Note(JobEventDelivery delivery, DeliveryVerdict verdict) => _current = At(delivery) with
    {
        Outcome = verdict.Failed ? JobEventTestOutcome.Retried : JobEventTestOutcome.Handled,
        RetryDelay = verdict.Failed ? verdict.RetryDelay : TimeSpan.Zero,
        Failures = [.. verdict.Failures.Select(static failure => new JobEventTestFailure(failure.Handler, failure.Exception))],
    };

    private JobEventTestDelivery At(JobEventDelivery delivery) => new(delivery.Event!, delivery.Attempt, _clock.GetUtcNow());

    private sealed class InHand(JobEventDelivery delivery, LaneKey key, DateTimeOffset dueAt)
    {
        public JobEventDelivery Delivery { get; } = delivery;

        public LaneKey Key { get; } = key;

        public DateTimeOffset DueAt { get; set; } = dueAt;
    }
}
