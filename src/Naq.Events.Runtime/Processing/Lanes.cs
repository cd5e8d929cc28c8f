using System.Threading.Channels;

namespace Naq.Events.Processing;

/// <summary>
/// Keeps the order of each job and runs different jobs at once: a job with events in hand has a lane, and a lane's first event
/// goes to the next worker that is free. So a slow job holds up itself and one worker, and no other job.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private const int HeldForEachWorker = 5;
    private const int MostUnannounced = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<LaneKey, Lane> _open = [];
    private readonly Stack<Lane> _spare = new();
    private readonly List<Lane> _unannounced = new(MostUnannounced);
    private readonly Channel<Lane> _ready = Channel.CreateUnbounded<Lane>();
    private readonly SemaphoreSlim _room;
    private readonly LaneContext _context;
    private int _waiting;
    private bool _completed;

    public Lanes(LaneContext context, CancellationToken stopping)
    {
        _context = context;
        var workers = context.Options.MaxConcurrentHandlers;
        _room = new SemaphoreSlim(workers * HeldForEachWorker);
        Completion = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => RunAsync(stopping), CancellationToken.None)));
    }

    /// <summary>Completes when the last event is handled, after <see cref="Complete"/>.</summary>
    public Task Completion { get; }

    /// <summary>Whether an event is in hand that does not wait for its next try.</summary>
    public bool HasWork => _room.CurrentCount < _context.Options.MaxConcurrentHandlers * HeldForEachWorker;

    /// <summary>Takes a delivery, when there is room. It may be begun with only after <see cref="Announce"/>.</summary>
    /// <returns>Whether it was taken; it is not after <see cref="Complete"/>.</returns>
    public async ValueTask<bool> AddAsync(JobEventDelivery delivery, CancellationToken cancellationToken)
    {
        var room = _room.WaitAsync(cancellationToken);
        if (!room.IsCompleted)
            Announce();

        await room.ConfigureAwait(false);
        var key = LaneKey.Of(delivery, _context.Options.Ordering);
        lock (_lock)
        {
            if (_completed)
                return false;

            if (_open.TryGetValue(key, out var lane))
            {
                Enqueue(lane, delivery);
                return true;
            }

            if (!_spare.TryPop(out lane))
                lane = new Lane();

            lane.Key = key;
            lane.Deliveries.Enqueue(delivery);
            _open.Add(key, lane);
            _unannounced.Add(lane);
            if (_unannounced.Count == MostUnannounced)
                Announce();

            return true;
        }
    }

    /// <summary>
    /// Lets workers begin with what was taken. To be called before waiting for more: workers that are woken for several events at once
    /// cost less than one that is woken for each.
    /// </summary>
    public void Announce()
    {
        lock (_lock)
        {
            foreach (var lane in _unannounced)
                _ = _ready.Writer.TryWrite(lane);

            _unannounced.Clear();
        }
    }

    /// <summary>Takes no more. What runs goes on; a live processor's queued events, which nobody would deliver again, do too.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            Announce();
            foreach (var lane in _open.Values)
                Wake(lane);

            if (_open.Count == 0)
                _ = _ready.Writer.TryComplete();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        using var worker = new LaneWorker(_context, stopping);
        await foreach (var lane in _ready.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var delivery = First(lane, out var wanted, out var left);
            var wait = wanted && !stopping.IsCancellationRequested
                ? left ?? await worker.HandleAsync(delivery).ConfigureAwait(false)
                : null;
            if (wait is { } delay && await WaitAsync(worker, lane, delivery, delay).ConfigureAwait(false))
                continue;

            _context.Done(delivery);
            RemoveFirst(lane);
        }
    }

    private void Enqueue(Lane lane, JobEventDelivery delivery)
    {
        if (delivery.Delivery > 1 && lane.Has(delivery))
        {
            // The outcome of the one in hand is that of this one too.
            _context.Done(delivery);
            _ = _room.Release();
            return;
        }

        lane.Deliveries.Enqueue(delivery);
        if (lane.Wait is null)
            return;

        Uncount(lane);
        if (lane.Uncounted < lane.Deliveries.Count)
        {
            lane.IsCrowded = true;
            Wake(lane);
        }
    }

    /// <summary>Has the first event of a lane wait: in hand, or, where very many do, in the store.</summary>
    /// <returns>Whether it stays in hand.</returns>
    private async ValueTask<bool> WaitAsync(LaneWorker worker, Lane lane, JobEventDelivery delivery, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero && IsCrowded(lane) && await worker.TryWaitElsewhereAsync(delivery, delay).ConfigureAwait(false))
            return false;

        return TryWait(lane, delay);
    }

    private bool IsCrowded(Lane lane)
    {
        lock (_lock)
            return !_completed && _waiting + lane.Deliveries.Count - lane.Uncounted > _context.Options.MostWaiting;
    }

    /// <summary>Leaves the first event of a lane, and so all behind it, until its next try.</summary>
    /// <returns>Whether it waits; it does not after <see cref="Complete"/>: it is given back.</returns>
    private bool TryWait(Lane lane, TimeSpan delay)
    {
        lock (_lock)
        {
            if (_completed)
                return false;

            if (delay <= TimeSpan.Zero)
                return _ready.Writer.TryWrite(lane);

            lane.WaitsUntil = _context.TimeProvider.GetUtcNow() + delay;
            lane.Wait = _context.TimeProvider.CreateTimer(_ => WakeUp(lane), null, delay, Timeout.InfiniteTimeSpan);
            Uncount(lane);
            return true;
        }
    }

    /// <summary>What waits makes room for other jobs, unless very much does.</summary>
    private void Uncount(Lane lane)
    {
        var counted = lane.Deliveries.Count - lane.Uncounted;
        if (counted == 0 || _waiting + counted > _context.Options.MostWaiting)
            return;

        _waiting += counted;
        lane.Uncounted += counted;
        _ = _room.Release(counted);
    }

    private void WakeUp(Lane lane)
    {
        lock (_lock)
            Wake(lane);
    }

    private void Wake(Lane lane)
    {
        if (lane.Wait is not { } timer)
            return;

        timer.Dispose();
        lane.Wait = null;
        _ = _ready.Writer.TryWrite(lane);
    }

    /// <summary>The first event of a lane, whether it is to be handled, and how long it still waits when it was woken before its time.</summary>
    private JobEventDelivery First(Lane lane, out bool wanted, out TimeSpan? left)
    {
        lock (_lock)
        {
            var waits = lane.WaitsUntil - _context.TimeProvider.GetUtcNow();
            left = lane.IsCrowded && waits > TimeSpan.Zero ? waits : null;
            lane.IsCrowded = false;

            // A durable processor's events are given back by the store's session, which ends with the processor.
            wanted = !_completed || _context.Options.Name is null;
            return lane.Deliveries.Peek();
        }
    }

    private void RemoveFirst(Lane lane)
    {
        lock (_lock)
        {
            _ = lane.Deliveries.Dequeue();
            if (lane.Uncounted > 0)
            {
                lane.Uncounted--;
                _waiting--;
            }
            else
            {
                _ = _room.Release();
            }

            if (lane.Deliveries.Count > 0)
            {
                _ = _ready.Writer.TryWrite(lane);
            }
            else
            {
                _ = _open.Remove(lane.Key);
                _spare.Push(lane);
                if (_completed && _open.Count == 0)
                    _ = _ready.Writer.TryComplete();
            }
        }
    }
}
