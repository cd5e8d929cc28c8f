using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;

namespace Naq.Events.Processing;

/// <summary>One run of a processor, from start to stop: it reads deliveries and hands each to the lane of its job.</summary>
internal sealed class ProcessorRun : IAsyncDisposable
{
    private static readonly TimeSpan AckWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ExtendInterval = AckWait / 3;

    private readonly IJobEventStore _store;
    private readonly JobEventProcessorOptions _options;
    private readonly JobEventFilter _filter;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly ConcurrentDictionary<JobEventDelivery, bool> _held = new();
    private readonly CancellationTokenSource _reading = new();
    private readonly CancellationTokenSource _handling = new();
    private readonly Lane[] _lanes;
    private readonly Task _read;
    private readonly ITimer _extend;
    private JobEventStart _start;

    public ProcessorRun(
        IJobEventStore store,
        JobEventProcessorOptions options,
        IReadOnlyList<IJobEventDispatcher> dispatchers,
        JobEventStart start,
        IServiceProvider services,
        ILogger log,
        TimeProvider timeProvider)
    {
        _store = store;
        _options = options;
        _start = start;
        _filter = FilterOf(dispatchers, options.Service);
        _log = log;
        _timeProvider = timeProvider;
        var context = new LaneContext(options, dispatchers, services, Done, log, timeProvider);
        _lanes = [.. Enumerable.Range(0, options.MaxConcurrentHandlers).Select(_ => new Lane(context, _handling.Token))];
        _extend = timeProvider.CreateTimer(
            static run => _ = ((ProcessorRun)run!).ExtendAsync(), this, ExtendInterval, ExtendInterval);
        _read = Task.Run(ReadAsync);
    }

    /// <summary>Stops reading, then waits for what runs; after the timeout, or when cancelled, what runs is cancelled.</summary>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        // Lanes first: the store's session stays open until they are done, since its end gives back what is not acknowledged.
        foreach (var lane in _lanes)
            lane.Complete();

        var lanes = Task.WhenAll(_lanes.Select(static lane => lane.Completion));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = new CancellationTokenSource(_options.StopTimeout, _timeProvider);
        using var link = timeout.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        await lanes.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lanes.IsCompleted)
        {
            ProcessingLog.StoppedEarly(_log);
            await _handling.CancelAsync().ConfigureAwait(false);
        }

        await lanes.ConfigureAwait(false);
        await _reading.CancelAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
        await _extend.DisposeAsync().ConfigureAwait(false);
        foreach (var lane in _lanes)
            lane.Dispose();

        _reading.Dispose();
        _handling.Dispose();
    }

    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    private static JobEventFilter FilterOf(IReadOnlyList<IJobEventDispatcher> dispatchers, string? service)
    {
        var every = dispatchers.Any(static dispatcher => dispatcher.HandledEvents.Count == 0);
        return new JobEventFilter
        {
            EventNames = every ? [] : [.. dispatchers.SelectMany(static dispatcher => dispatcher.HandledEvents)],
            Service = service,
        };
    }

    private async Task ReadAsync()
    {
        var retry = Backoff.Forever(_options.RetryDelay, _timeProvider, (exception, delay) =>
            ProcessingLog.DeliveryInterrupted(_log, exception?.Message ?? "", delay.TotalSeconds));

        try
        {
            await retry.ExecuteAsync(ReadOnceAsync, _reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_reading.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask ReadOnceAsync(CancellationToken cancellationToken)
    {
        await foreach (var delivery in Deliveries(cancellationToken).ConfigureAwait(false))
        {
            if (delivery.Event is { } jobEvent)
                await HandOverAsync(delivery, jobEvent, cancellationToken).ConfigureAwait(false);
            else
                await PassOverAsync(delivery, cancellationToken).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<JobEventDelivery> Deliveries(CancellationToken cancellationToken)
    {
        if (_options.Name is null)
            return LiveAsync(cancellationToken);

        var request = new DeliveryRequest(_options.Name, _filter, _start, AckWait, _lanes.Length * Lane.Capacity);
        return ((IDeliveringStore)_store).DeliverAsync(request, cancellationToken);
    }

    private async IAsyncEnumerable<JobEventDelivery> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var jobEvent in _store.StreamAsync(_filter, _start, cancellationToken).ConfigureAwait(false))
        {
            // After an interruption the stream goes on from here.
            _start = JobEventStart.At(jobEvent.Sequence + 1);
            yield return new LiveDelivery { Event = jobEvent, Sequence = jobEvent.Sequence, Delivery = 1 };
        }
    }

    private async ValueTask HandOverAsync(JobEventDelivery delivery, JobEvent jobEvent, CancellationToken cancellationToken)
    {
        // Ordinal, and stable within the process, which is all a lane needs.
        var lane = _lanes[(uint)jobEvent.JobId.GetHashCode(StringComparison.Ordinal) % (uint)_lanes.Length];
        _held[delivery] = true;
        try
        {
            await lane.AddAsync(delivery, cancellationToken).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The processor stops: the store's session gives the event back.
            Done(delivery);
        }
    }

    private async ValueTask PassOverAsync(JobEventDelivery delivery, CancellationToken cancellationToken)
    {
        JobEventMetrics.Malformed.Add(1);
        ProcessingLog.MessageMalformed(_log, delivery.Sequence, delivery.Problem ?? "");
        await delivery.TerminateAsync(delivery.Problem ?? "Malformed.", cancellationToken).ConfigureAwait(false);
    }

    private void Done(JobEventDelivery delivery) => _held.TryRemove(delivery, out _);

    private async Task ExtendAsync()
    {
        foreach (var delivery in _held.Keys)
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
