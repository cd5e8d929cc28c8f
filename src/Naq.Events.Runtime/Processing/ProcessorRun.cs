using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;
using Naq.Events.Querying;

namespace Naq.Events.Processing;

/// <summary>One run of a processor, from start to stop: it reads deliveries and hands each to the lane of its job.</summary>
internal sealed partial class ProcessorRun : IProcessorRun, IAsyncDisposable
{
    private static readonly TimeSpan UnwindTime = TimeSpan.FromSeconds(1);

    private readonly IJobEventStore _store;
    private readonly JobEventProcessorOptions _options;
    private readonly IReadOnlyList<IJobEventDispatcher> _dispatchers;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly ProcessorMeter _meter;
    private readonly CancellationTokenSource _reading = new();
    private readonly CancellationTokenSource _handling = new();
    private readonly DeadLettering _deadLettering;
    private readonly IParkedJobs? _parkedJobs;
    private readonly Lanes _lanes;
    private readonly Fence? _fence;
    private readonly JobShare? _share;
    private readonly Task _read;
    private readonly ITimer _extend;
    private JobEventStart _start;
    private ulong _lastSeen;
    private long _arrivals;
    private volatile bool _handingOver;
    private volatile bool _stopping;

    public ProcessorRun(
        IJobEventStore store,
        JobEventProcessorOptions options,
        IReadOnlyList<IJobEventDispatcher> dispatchers,
        JobEventStart start,
        IServiceProvider services,
        ILogger log,
        TimeProvider timeProvider,
        Fence? fence = null,
        JobShare? share = null)
    {
        _store = store;
        _options = options;
        _start = start;
        _fence = fence;
        _share = share;
        _dispatchers = dispatchers;
        _log = log;
        _timeProvider = timeProvider;
        _meter = new ProcessorMeter(share?.NameOf(options.Name!) ?? options.Name, timeProvider);
        var policy = new FailurePolicy(options);
        _parkedJobs = options.Name is { } name && LaneOrder.Of(options, dispatchers).KeepsJobs
            && (options.OnRetry == JobEventRetryOrder.BlockJob || options.OnDeadLetter == JobEventDeadLetterOrder.ParkJob)
            ? ((IDeliveringStore)store).OpenParkedJobs(Request(name))
            : null;
        _deadLettering = new DeadLettering(options, _parkedJobs, log);
        var context = new LaneContext(options, policy, dispatchers, services, _deadLettering.MoveAsync, Done, log, timeProvider)
        {
            ParkedJobs = _parkedJobs,
            Fence = fence,
            Handled = options is { Name: { } durable, IdempotencyWindow: not null }
                ? ((IDeliveringStore)store).OpenHandledRecords(Request(durable))
                : null,
        };
        _lanes = new Lanes(context, _handling.Token);
        var extendInterval = DeliveryRequest.ExtendIntervalOf(options.AckWait);
        _extend = timeProvider.CreateTimer(
            static run => _ = ((ProcessorRun)run!).ExtendAsync(), this, extendInterval, extendInterval);
        _read = Task.WhenAll(Task.Run(() => ReadAsync(Deliveries)), Task.Run(() => ReadAsync(Replays)));
    }

    public bool IsActive => true;

    public JobEventProcessorLag Lag => _meter.Lag;

    public string? Stall()
    {
        var longest = _options.UnhealthyAfter;
        if (_meter.SinceAnswer is { } silence && silence > longest)
            return $"the store has not answered for {silence.TotalSeconds:F0} s";

        var idle = _meter.SinceProgress;
        return idle > longest && (_meter.Pending > 0 || _lanes.HasWork)
            ? $"{Lag.Events} events wait, and for {idle.TotalSeconds:F0} s none came or was done with"
            : null;
    }

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        // Lanes first: the store's session stays open until they are done, since its end gives back what is not acknowledged.
        _stopping = true;
        _lanes.Complete();
        var lanes = _lanes.Completion;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = new CancellationTokenSource(_options.StopTimeout, _timeProvider);
        using var link = timeout.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        await lanes.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lanes.IsCompleted)
        {
            ProcessingLog.StoppedEarly(_log);
            await _handling.CancelAsync().ConfigureAwait(false);
        }

        // A handler that blocks its thread cannot be cancelled or left behind, but it cannot hold up the end of its host either.
        await lanes.WaitAsync(UnwindTime, _timeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lanes.IsCompleted)
            ProcessingLog.HandlerBlocks(_log);

        await _reading.CancelAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
        await _extend.DisposeAsync().ConfigureAwait(false);
        if (_parkedJobs is not null)
            await _parkedJobs.DisposeAsync().ConfigureAwait(false);

        _reading.Dispose();
        _meter.Dispose();
        if (lanes.IsCompleted)
            _handling.Dispose();
    }

    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    private async Task ReadAsync(Func<CancellationToken, IAsyncEnumerable<JobEventDelivery>?> deliveries)
    {
        if (deliveries(_reading.Token) is null)
            return;

        var retry = Backoff.Forever(_options.RetryDelay, _timeProvider, (exception, delay) =>
            ProcessingLog.DeliveryInterrupted(_log, exception.Message, delay.TotalSeconds));

        try
        {
            while (!_reading.IsCancellationRequested)
                await retry.ExecuteAsync(token => ReadOnceAsync(deliveries(token)!, token), _reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_reading.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask ReadOnceAsync(IAsyncEnumerable<JobEventDelivery> deliveries, CancellationToken cancellationToken)
    {
        var delivered = false;
        var clock = new ArrivalClock(_timeProvider);
        try
        {
            var enumerator = deliveries.GetAsyncEnumerator(CancellationToken.None);
            await using var ending = enumerator.ConfigureAwait(false);
            try
            {
                while (await NextAsync(enumerator, clock).ConfigureAwait(false))
                {
                    var delivery = enumerator.Current;
                    delivered = true;
                    if (delivery.Event is null)
                        await GiveUpMalformedAsync(delivery, cancellationToken).ConfigureAwait(false);
                    else
                        await HandOverAsync(delivery, clock, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _lanes.Announce();
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw new JobEventStoreException("The store ended the stream.");
        }
#pragma warning disable CA1031 // Whatever ends a stream, the next one is opened.
        catch (Exception exception) when (delivered && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // The store was there since: the waits grow from their beginning again.
            ProcessingLog.DeliveryInterrupted(_log, exception.Message, _options.RetryDelay.TotalSeconds);
            await Task.Delay(_options.RetryDelay, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<bool> NextAsync(IAsyncEnumerator<JobEventDelivery> deliveries, ArrivalClock clock)
    {
        var next = deliveries.MoveNextAsync();
        if (!next.IsCompleted)
        {
            clock.Stop();
            _lanes.Announce();
        }

        return next;
    }

    private IAsyncEnumerable<JobEventDelivery> Deliveries(CancellationToken cancellationToken)
    {
        if (_options.Name is null)
            return LiveAsync(cancellationToken);

        var request = Request(_options.Name) with
        {
            OnLost = _options.OnEventsLost,
            OnPending = _meter.NotePending,
            OnAnswer = _meter.NoteAnswer,
        };
        return ((IDeliveringStore)_store).DeliverAsync(request, cancellationToken);
    }

    private IAsyncEnumerable<JobEventDelivery>? Replays(CancellationToken cancellationToken) =>
        _options.Name is null || _share is { Index: > 0 } ? null : ((IDeliveringStore)_store).DeliverReplaysAsync(Request(_options.Name), cancellationToken);

    private DeliveryRequest Request(string name) => DeliveryRequest.Of(name, _options, _dispatchers, _start) with
    {
        Share = _share,
        MayAsk = _fence is { } fence ? () => !fence.IsOver : null,
    };

    private async IAsyncEnumerable<JobEventDelivery> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A store of the application's own need not tell of losses.
        var filter = DeliveryRequest.FilterOf(_dispatchers, _options.Service);
        var events = _options.OnEventsLost is null
            ? _store.StreamAsync(filter, _start, cancellationToken)
            : _store.SubscribeAsync(filter, new JobEventSubscriptionOptions { Start = _start }, cancellationToken).EventsAsync(Lost, cancellationToken);
        await foreach (var jobEvent in events.ConfigureAwait(false))
        {
            // After an interruption the stream goes on from here.
            _start = JobEventStart.At(jobEvent.Sequence + 1);
            yield return new LiveDelivery { Event = jobEvent, Sequence = jobEvent.Sequence, Delivery = 1 };
        }
    }

    private void Lost(JobEventsLost lost)
    {
        _start = JobEventStart.At(Math.Max(lost.To + 1, _start.FirstSequence));
        _options.OnEventsLost!(lost);
    }

    private async ValueTask HandOverAsync(JobEventDelivery delivery, ArrivalClock clock, CancellationToken cancellationToken)
    {
        _handingOver = true;
        if (clock.Read())
            _meter.Progress();

        _meter.Take(delivery);
        delivery.FirstSeen = clock.Now;
        var adding = _lanes.AddAsync(delivery, cancellationToken);
        if (!adding.IsCompleted)
            clock.Stop();

        if (!await adding.ConfigureAwait(false))
        {
            // The processor stops. Nothing more is read, and the session stays open until what runs is done: its end gives back
            // this event and all that were not handled.
            Done(delivery);
            await Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        Volatile.Write(ref _arrivals, _arrivals + 1);
        Volatile.Write(ref _lastSeen, Math.Max(_lastSeen, delivery.Sequence));
        _handingOver = false;
    }

    private async ValueTask GiveUpMalformedAsync(JobEventDelivery delivery, CancellationToken cancellationToken)
    {
        var reason = DeadLetterReason.Malformed(delivery.Problem ?? "Malformed.");
        JobEventMetrics.Malformed.Add(1);
        ProcessingLog.MessageMalformed(_log, delivery.Sequence, LogText.Of(reason.Text));
        _lanes.Announce();
        await _deadLettering.MoveAsync(delivery, reason, cancellationToken).ConfigureAwait(false);
    }

    private void Done(JobEventDelivery delivery)
    {
        _meter.Drop(delivery);
        if (_stopping)
            delivery.GiveBack();
    }

    private async Task ExtendAsync()
    {
        foreach (var delivery in _meter.Held)
        {
            try
            {
                await delivery.ExtendAsync(_reading.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The store cannot be reached now: at worst it delivers the event again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ProcessingLog.OutcomeNotTold(_log, exception, delivery.Event?.Id ?? default, delivery.Sequence);
                return;
            }
        }
    }
}
