using System.Buffers;
using Naq.Events.Serialization;

namespace Naq.Events.Logging;

/// <summary>
/// The bounded buffer between log calls and the pump: events that wait, and events that were taken and have no outcome yet, each in
/// order. Events and their memory are used again.
/// </summary>
internal sealed partial class EventBuffer(
    int capacity, ArrayPool<byte> pool, TimeProvider timeProvider, long maxBytes = long.MaxValue)
{
    private const int NoWaiter = int.MaxValue;

    private readonly Lock _lock = new();
    private readonly WaitingQueue _waiting = new();
    private readonly EventQueue _taken = new();
    private readonly Stack<BufferedEvent> _free = new();
    private readonly List<FlushWaiter> _flushes = [];
    private BufferSegment? _segment;
    private BufferSegment? _freeSegments;
    private long _lastOrder;
    private long _bytes;
    private long _busySince;
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
                return Live + Unread == 0;
        }
    }

    private int Live => _waiting.Count + _taken.Count;

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
            if (_spool is not null && TrySpool(in written))
            {
                result = EnqueueResult.Spooled;
            }
            else
            {
                if (!HasRoom(written.Bytes.Length) || Unread > 0)
                {
                    if (overflow is null)
                        return EnqueueResult.Full;

                    // What was sent cannot be taken back: with nothing waiting, the newest is the only one to drop. So it is when older
                    // ones are on disk: it would overtake them.
                    if (overflow == JobEventOverflow.DropNewest || _waiting.Count == 0 || Unread > 0)
                    {
                        dropped = written.Id;
                        return EnqueueResult.DroppedThis;
                    }

                    ref readonly var oldest = ref _waiting.RemoveFirst();
                    dropped = oldest.Id;
                    Drop(in oldest);
                    if (!HasRoom(written.Bytes.Length))
                        return EnqueueResult.DroppedForRoom;

                    result = EnqueueResult.DroppedOldest;
                }

                if (!TryAppend(in written))
                {
                    dropped = written.Id;
                    return EnqueueResult.DroppedThis;
                }
            }

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
            var waiting = Waiting;
            nothing = waiting == 0;
            var ready = waiting >= batchSize || (!nothing && (partly || _taken.Count == 0));

            // The first event of a batch starts its clock, so it is told of too.
            _wakeAt = ready ? NoWaiter : nothing || partly ? 1 : batchSize;
            return ready;
        }
    }

    /// <summary>Whether no whole batch waits. If so, <see cref="Ready"/> tells when many do.</summary>
    /// <param name="batchSize">The events of a whole batch.</param>
    /// <param name="many">How many are many.</param>
    public bool Lingers(int batchSize, int many)
    {
        lock (_lock)
        {
            _wakeAt = Waiting < batchSize ? many : NoWaiter;
            return _wakeAt != NoWaiter;
        }
    }

    /// <summary>Takes waiting events, the oldest first.</summary>
    /// <returns>How many were taken.</returns>
    public int Take(Span<BufferedEvent> destination)
    {
        var count = 0;
        lock (_lock)
        {
            ReadSpool(destination.Length);
            for (; count < destination.Length && _waiting.Count > 0; count++)
            {
                if (!_free.TryPop(out var taken))
                    taken = new BufferedEvent();

                taken.Fill(in _waiting.RemoveFirst(), _taken.End);
                _taken.Add(taken);
                destination[count] = taken;
            }

            // Before it may be sent: after a crash, those up to here are looked for in the store.
            if (count > 0)
                _spool?.Take(destination[count - 1].Order);
        }

        return count;
    }

    /// <summary>Taken events have their outcome; their memory is free again.</summary>
    public void Resolve(ReadOnlySpan<BufferedEvent> taken, bool stored)
    {
        TaskCompletionSource? room;
        bool wake;
        lock (_lock)
        {
            foreach (var resolved in taken)
            {
                _taken.Remove(resolved.Position);
                Forget(resolved, stored);
            }

            AcknowledgeSpooled();
            room = TakeRoom();
            wake = _wakeAt != NoWaiter && (_taken.Count == 0 || Unread > 0) && Wakes(1);
        }

        room?.TrySetResult();
        if (wake)
            Ready.Set();
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
    /// <param name="spooled">How many are left in the spool.</param>
    /// <returns>The ids of the others, the oldest first.</returns>
    public IReadOnlyList<Guid> Abandon(out long spooled)
    {
        var ids = new List<Guid>();
        lock (_lock)
        {
            spooled = Live + Unread;
            AbandonTaken(ids);
            AbandonWaiting(ids);
            if (_segment is not null)
                Free(_segment);

            _segment = null;
            spooled -= ids.Count;

            // What is on disk only has no outcome from this logger.
            foreach (var flush in _flushes)
                _ = flush.Lose(long.MaxValue, firstOrder: 0);

            _flushes.Clear();
        }

        return ids;
    }

    /// <summary>Where there is no memory for an event it is dropped: a log call is no place to end a process that may recover.</summary>
    private bool TryAppend(in WrittenEvent written)
    {
        try
        {
            _ = Append(in written, _lastOrder + 1);
            _lastOrder++;
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    private bool Wakes(int threshold)
    {
        if (Waiting < threshold)
            return false;

        _wakeAt = NoWaiter;
        return true;
    }

    private void AbandonTaken(List<Guid> ids)
    {
        while (_taken.Count > 0)
        {
            var taken = _taken.RemoveFirst();
            if (!taken.IsSpooled)
                ids.Add(taken.Id);

            Forget(taken, stored: false);
        }
    }

    private void AbandonWaiting(List<Guid> ids)
    {
        while (_waiting.Count > 0)
        {
            ref readonly var waiting = ref _waiting.RemoveFirst();
            if (!waiting.IsSpooled)
                ids.Add(waiting.Id);

            Drop(in waiting);
        }
    }

    private void Drop(in WaitingEvent waiting)
    {
        ResolveFlushes(waiting.Order, waiting.Id, stored: false);
        Release(waiting.Segment, waiting.Length);
    }

    private void Forget(BufferedEvent taken, bool stored)
    {
        ResolveFlushes(taken.Order, taken.Id, stored);
        Release(taken.Segment!, taken.Payload.Length + taken.Subject.Length);
        taken.Clear();
        _free.Push(taken);
    }

    private void ResolveFlushes(long order, Guid id, bool stored)
    {
        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (order <= _flushes[i].LastOrder && _flushes[i].Resolve(id, stored))
                _flushes.RemoveAt(i);
        }
    }
}
