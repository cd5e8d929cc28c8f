using System.Diagnostics.CodeAnalysis;

namespace Naq.Events.Processing;

/// <summary>
/// Keeps the order of each job, or of what else the order is by, and runs different ones at once: a job with events in hand has a lane, and a lane's first event
/// goes to the next worker that is free. So a slow job holds up itself and one worker, and no other job.
/// </summary>
internal sealed partial class Lanes
{
    private const int HeldForEachWorker = 5;
    private const int MostUnannounced = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<LaneKey, Lane> _open = [];
    private readonly Stack<Lane> _spare = new();
    private readonly List<Lane> _unannounced = new(MostUnannounced);
    private readonly ReadyLanes _ready = new();
    private readonly LaneContext _context;
    private readonly CancellationToken _stopping;
    private readonly int _capacity;
    private TaskCompletionSource? _roomWanted;
    private int _free;
    private int _waiting;
    private int _limited;
    private bool _completed;

    public Lanes(LaneContext context, CancellationToken stopping)
    {
        _context = context;
        _stopping = stopping;
        var workers = context.Options.MaxConcurrentHandlers;
        _capacity = workers * HeldForEachWorker;
        _free = _capacity;
        Completion = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(RunAsync, CancellationToken.None)));
        _ = stopping.UnsafeRegister(static lanes => ((Lanes)lanes!).EndLimitWaits(), this);
    }

    /// <summary>Completes when the last event is handled, after <see cref="Complete"/>.</summary>
    public Task Completion { get; }

    /// <summary>Whether an event is in hand that does not wait for its next try.</summary>
    public bool HasWork => Volatile.Read(ref _free) < _capacity || Volatile.Read(ref _limited) > 0;

    /// <summary>Whether nothing more is begun. A durable processor's events are given back by the store's session, which ends with the processor.</summary>
    private bool IsEnding => _stopping.IsCancellationRequested || (_completed && _context.Options.Name is not null);

    /// <summary>Takes a delivery, when there is room. It may be begun with only after <see cref="Announce"/>.</summary>
    /// <returns>Whether it was taken; it is not after <see cref="Complete"/>, nor when the wait for room was cancelled.</returns>
    public ValueTask<bool> AddAsync(JobEventDelivery delivery, CancellationToken cancellationToken)
    {
        // Not under the lock: it may have to be looked for in the event's JSON.
        var key = _context.Order.KeyOf(delivery);
        return TryAdd(delivery, key, out var room) is { } added ? new ValueTask<bool>(added) : WaitAndAddAsync(delivery, key, room!, cancellationToken);
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
                _ready.Add(lane);

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
                _ready.Complete();

            GiveRoom();
        }

        EndLimitWaits();
    }

    /// <summary>The first event of the next lane, whether it is to be handled, and how long it still waits when it was woken before its time.</summary>
    private bool TryNext(
        WorkerSignal worker,
        [NotNullWhen(true)] out Lane? lane,
        [NotNullWhen(true)] out JobEventDelivery? delivery,
        out bool wanted,
        out TimeSpan? left)
    {
        lock (_lock)
        {
            wanted = !IsEnding;
            left = null;
            var found = _ready.TryTake(worker, out lane);
            delivery = lane?.Deliveries.Peek();
            if (lane is { IsCrowded: true })
            {
                var waits = lane.WaitsUntil - _context.TimeProvider.GetUtcNow();
                left = waits > TimeSpan.Zero ? waits : null;
                lane.IsCrowded = false;
            }

            GiveRoom();
            return found;
        }
    }

    private async Task RunAsync()
    {
        using var worker = new LaneWorker(_context, _stopping);
        var signal = new WorkerSignal();
        while (true)
        {
            if (!TryNext(signal, out var lane, out var delivery, out var wanted, out var left))
            {
                if (_ready.IsCompleted)
                    return;

                await signal.WaitAsync().ConfigureAwait(false);
                continue;
            }

            if (wanted && left is null)
            {
                if (!TryEnter(lane, delivery))
                    continue;

                // It may have ended meanwhile, with what it needs counted or not.
                wanted = lane.Permits.Next is null;
            }

            wanted = wanted && _context.Fence is not { IsOver: true };
            var wait = wanted ? left ?? await worker.HandleAsync(delivery, lane.Permits).ConfigureAwait(false) : null;
            lane.Permits.End();
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
            _free++;
            GiveRoom();
            return;
        }

        lane.Deliveries.Enqueue(delivery);
        if (lane.LimitWait is not null)
            Uncount(lane);

        if (lane.Wait is null)
            return;

        Uncount(lane);
        if (lane.Uncounted < lane.Deliveries.Count && !_context.Order.IsByValue)
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
            return !_completed && !_context.Order.IsByValue && _waiting + lane.Deliveries.Count - lane.Uncounted > _context.Options.MostWaiting;
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
            {
                _ready.Add(lane);
                return true;
            }

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
        _free += counted;
        GiveRoom();
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
        _ready.Add(lane);
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
                _free++;
                GiveRoom();
            }

            if (lane.Deliveries.Count > 0)
            {
                _ready.Add(lane);
            }
            else
            {
                _ = _open.Remove(lane.Key);
                _spare.Push(lane);
                if (_completed && _open.Count == 0)
                    _ready.Complete();
            }
        }
    }
}
