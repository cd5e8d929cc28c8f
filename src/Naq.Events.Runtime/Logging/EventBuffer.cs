using System.Buffers;
using Naq.Events.Serialization;

namespace Naq.Events.Logging;

/// <summary>
/// The bounded buffer between log calls and the pump. All live events stand in one list, in order: first those that were taken
/// and have no outcome yet, then those that wait. Events and their memory are used again.
/// </summary>
internal sealed partial class EventBuffer(int capacity, ArrayPool<byte> pool, TimeProvider timeProvider)
{
    private const int NoWaiter = int.MaxValue;

    private readonly Lock _lock = new();
    private readonly List<FlushWaiter> _flushes = [];
    private BufferSegment? _segment;
    private BufferSegment? _freeSegments;
    private BufferedEvent? _free;
    private BufferedEvent? _first;
    private BufferedEvent? _last;
    private BufferedEvent? _firstWaiting;
    private int _waiting;
    private int _taken;
    private long _lastOrder;
    private bool _closed;
    private TaskCompletionSource? _room;
    private int _wakeAt = NoWaiter;

    /// <summary>Set when <see cref="LooksReady"/> said no and would say yes now.</summary>
    public AsyncSignal Ready { get; } = new(timeProvider);

    /// <summary>Whether no event is in it, neither waiting nor taken.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _first is null;
        }
    }

    /// <summary>Copies an event in.</summary>
    /// <param name="written">Its JSON, then its subject.</param>
    /// <param name="overflow">What to do when the buffer is full; only drops are done here, null leaves it as it is.</param>
    /// <param name="dropped">The id of the event that was dropped.</param>
    public EnqueueResult Enqueue(in WrittenEvent written, JobEventOverflow? overflow, out Guid dropped)
    {
        dropped = default;
        EnqueueResult result;
        bool wake;
        lock (_lock)
        {
            if (_closed)
                return EnqueueResult.Closed;

            result = EnqueueResult.Accepted;
            if (_waiting + _taken >= capacity)
            {
                if (overflow is null)
                    return EnqueueResult.Full;

                // What was sent cannot be taken back: with nothing waiting, the newest is the only one to drop.
                if (overflow == JobEventOverflow.DropNewest || _firstWaiting is null)
                {
                    dropped = written.Id;
                    return EnqueueResult.DroppedThis;
                }

                dropped = _firstWaiting.Id;
                RemoveWaiting(_firstWaiting);
                result = EnqueueResult.DroppedOldest;
            }

            Append(in written);
            wake = Wakes(_wakeAt);
        }

        if (wake)
            Ready.Set();

        return result;
    }

    /// <summary>
    /// Whether events should be taken now: a whole batch waits, or any event while none is under way. If not,
    /// <see cref="Ready"/> tells when.
    /// </summary>
    /// <param name="batchSize">The events of a whole batch.</param>
    /// <param name="partly">Whether any waiting event is enough.</param>
    /// <param name="nothing">Whether no event waits at all.</param>
    public bool LooksReady(int batchSize, bool partly, out bool nothing)
    {
        lock (_lock)
        {
            nothing = _waiting == 0;
            var ready = _waiting >= batchSize || (!nothing && (partly || _taken == 0));

            // The first event of a batch starts its clock, so it is told of too.
            _wakeAt = ready ? NoWaiter : nothing || partly ? 1 : batchSize;
            return ready;
        }
    }

    /// <summary>Whether so many events wait, at a glance.</summary>
    public bool Holds(int waiting) => Volatile.Read(ref _waiting) >= waiting;

    /// <summary>Takes waiting events, the oldest first.</summary>
    /// <returns>How many were taken.</returns>
    public int Take(Span<BufferedEvent> destination)
    {
        lock (_lock)
        {
            var count = 0;
            for (; count < destination.Length && _firstWaiting is { } next; count++)
            {
                destination[count] = next;
                _firstWaiting = next.Next;
            }

            _waiting -= count;
            _taken += count;
            return count;
        }
    }

    /// <summary>Taken events have their outcome; their memory is free again.</summary>
    public void Resolve(ReadOnlySpan<BufferedEvent> taken, bool stored)
    {
        TaskCompletionSource? room;
        bool wake;
        lock (_lock)
        {
            _taken -= taken.Length;
            foreach (var live in taken)
                Forget(live, stored);

            room = _room;
            _room = null;
            wake = _taken == 0 && _wakeAt != NoWaiter && Wakes(1);
        }

        room?.TrySetResult();
        if (wake)
            Ready.Set();
    }

    /// <summary>Waits until an event has left the buffer.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_closed || _waiting + _taken < capacity)
                return Task.CompletedTask;

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Follows the events that are live now until each has its outcome.</summary>
    public FlushWaiter BeginFlush()
    {
        lock (_lock)
        {
            var waiter = new FlushWaiter(_lastOrder, _waiting + _taken);
            if (!waiter.Completion.IsCompleted)
                _flushes.Add(waiter);

            return waiter;
        }
    }

    /// <summary>Ends a flush, whatever is left of it.</summary>
    public FlushResult EndFlush(FlushWaiter waiter)
    {
        lock (_lock)
        {
            _ = _flushes.Remove(waiter);
            for (var live = _first; live is not null && live.Order <= waiter.LastOrder && waiter.WantsIds; live = live.Next)
                waiter.AddRemaining(live.Id);

            return waiter.Result();
        }
    }

    /// <summary>Takes no more events; what is in stays. Those who wait for room are let go.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _closed = true;
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>Gives up every event that is left, and all memory.</summary>
    /// <returns>Their ids, the oldest first.</returns>
    public IReadOnlyList<Guid> Abandon()
    {
        var ids = new List<Guid>();
        lock (_lock)
        {
            while (_first is { } live)
            {
                ids.Add(live.Id);
                Forget(live, stored: false);
            }

            _firstWaiting = null;
            _waiting = 0;
            _taken = 0;
            if (_segment is not null)
                Free(_segment);

            _segment = null;
        }

        return ids;
    }

    private bool Wakes(int threshold)
    {
        if (_waiting < threshold)
            return false;

        _wakeAt = NoWaiter;
        return true;
    }

    private void RemoveWaiting(BufferedEvent waiting)
    {
        _firstWaiting = waiting.Next;
        _waiting--;
        Forget(waiting, stored: false);
    }

    private void Forget(BufferedEvent live, bool stored)
    {
        if (live.Previous is null)
            _first = live.Next;
        else
            live.Previous.Next = live.Next;

        if (live.Next is null)
            _last = live.Previous;
        else
            live.Next.Previous = live.Previous;

        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (live.Order <= _flushes[i].LastOrder && _flushes[i].Resolve(live.Id, stored))
                _flushes.RemoveAt(i);
        }

        var segment = live.Segment!;
        segment.Release();
        if (segment.IsIdle && segment != _segment)
            Free(segment);

        live.Segment = null;
        live.Payload = default;
        live.Subject = default;
        live.TraceParent = null;
        live.Previous = null;
        live.Next = _free;
        _free = live;
    }
}
