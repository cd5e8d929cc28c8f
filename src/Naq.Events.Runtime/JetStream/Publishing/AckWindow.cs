using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// The events that a publisher has taken over and that are not acknowledged, in order: a ring of slots, of which those up to the
/// next have been sent. Going back means to send all again from the oldest on. Each going back begins an epoch; an answer that
/// belongs to an earlier one counts for nothing, since its slot may hold another event by now.
/// </summary>
internal sealed class AckWindow
{
    private readonly Lock _gate = new();
    private readonly Slot[] _slots;
    private readonly AutoResetSignal _room = new();
    private long _oldest;
    private long _next;
    private long _end;
    private int _epoch;
    private int _inFlight;
    private bool _roomWanted;
    private bool _closed;

    /// <param name="capacity">The most events; a power of two.</param>
    public AckWindow(int capacity)
    {
        if (!int.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The window is a power of two.");

        _slots = new Slot[capacity];
    }

    private enum SlotState : byte
    {
        Waiting,
        Sent,
        Refused,
        Done,
    }

    public int Capacity => _slots.Length;

    /// <summary>The events that are not acknowledged, sent or not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return (int)(_end - _oldest);
        }
    }

    /// <summary>The events sent in this epoch and not answered.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
                return _inFlight;
        }
    }

    /// <summary>Takes over as many events as there is room for.</summary>
    public int Add(ReadOnlySpan<BufferedEvent> events, IPublishOutcomes outcomes)
    {
        lock (_gate)
        {
            var taken = Math.Min(events.Length, _slots.Length - (int)(_end - _oldest));
            for (var i = 0; i < taken; i++)
                _slots[IndexOf(_end++)] = new Slot { Event = events[i], Outcomes = outcomes };

            _roomWanted = taken < events.Length;
            return taken;
        }
    }

    /// <summary>After an <see cref="Add"/> that did not take all: waits until a good part of the window is free.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Gives the next event to send.</summary>
    public bool TryNext(long timestamp, out int slot, out BufferedEvent bufferedEvent)
    {
        lock (_gate)
        {
            while (_next < _end && _slots[IndexOf(_next)].State == SlotState.Done)
                _next++;

            slot = IndexOf(_next);
            bufferedEvent = null!;
            if (_next == _end || _closed)
                return false;

            ref var entry = ref _slots[slot];
            entry.State = SlotState.Sent;
            entry.SentAt = timestamp;
            bufferedEvent = entry.Event!;
            _next++;
            _inFlight++;
            return true;
        }
    }

    /// <summary>Ends events that were sent: they are stored. Answers that count for nothing are passed over.</summary>
    public void Complete(int epoch, ReadOnlySpan<int> slots, CompletedEvents completed)
    {
        lock (_gate)
        {
            foreach (var slot in slots)
            {
                if (End(epoch, slot, out var bufferedEvent) is { } outcomes)
                    completed.Add(bufferedEvent, outcomes);
            }

            FreeOldest();
        }
    }

    /// <summary>Ends an event that was sent: it is stored, or given up.</summary>
    /// <returns>Where to report it; <see langword="null"/> when the answer counts for nothing.</returns>
    public IPublishOutcomes? Complete(int epoch, int slot, out BufferedEvent bufferedEvent)
    {
        lock (_gate)
        {
            var outcomes = End(epoch, slot, out bufferedEvent);
            FreeOldest();
            return outcomes;
        }
    }

    /// <summary>Notes that an event was refused; it is sent again when the window goes back.</summary>
    /// <returns>How often it has been refused; 0 when the answer counts for nothing.</returns>
    public int Refuse(int epoch, int slot)
    {
        lock (_gate)
        {
            if (!IsSent(epoch, slot))
                return 0;

            // A last refusal is completed instead: the slot stays "sent" until the caller has decided.
            return ++_slots[slot].Refusals;
        }
    }

    /// <summary>Leaves a refused event for the next epoch.</summary>
    /// <param name="epoch">The epoch that the answer belongs to.</param>
    /// <param name="slot">The event's.</param>
    /// <param name="counts">Whether the refusal is one of the attempts that the event has.</param>
    public void Postpone(int epoch, int slot, bool counts = true)
    {
        lock (_gate)
        {
            if (!IsSent(epoch, slot))
                return;

            _slots[slot].State = SlotState.Refused;
            if (!counts)
                _slots[slot].Refusals--;

            _inFlight--;
        }
    }

    /// <summary>Goes back to the oldest event.</summary>
    /// <param name="epoch">The new epoch.</param>
    /// <returns>How many events will be sent again.</returns>
    public int GoBack(out int epoch)
    {
        lock (_gate)
        {
            var again = 0;
            for (var position = _oldest; position < _next; position++)
            {
                ref var entry = ref _slots[IndexOf(position)];
                if (entry.State == SlotState.Done)
                    continue;

                entry.State = SlotState.Waiting;
                again++;
            }

            _next = _oldest;
            _inFlight = 0;
            epoch = ++_epoch;
            return again;
        }
    }

    /// <summary>Whether the oldest event that waits for an answer was sent before then.</summary>
    public bool HasSentBefore(long timestamp)
    {
        lock (_gate)
        {
            for (var position = _oldest; position < _next; position++)
            {
                ref readonly var entry = ref _slots[IndexOf(position)];
                if (entry.State == SlotState.Sent)
                    return entry.SentAt < timestamp;
            }

            return false;
        }
    }

    /// <summary>From here on, no answer counts.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    private IPublishOutcomes? End(int epoch, int slot, out BufferedEvent bufferedEvent)
    {
        bufferedEvent = null!;
        if (!IsSent(epoch, slot))
            return null;

        ref var entry = ref _slots[slot];
        bufferedEvent = entry.Event!;
        var outcomes = entry.Outcomes;
        entry = new Slot { State = SlotState.Done };
        _inFlight--;
        return outcomes;
    }

    private void FreeOldest()
    {
        while (_oldest < _next && _slots[IndexOf(_oldest)].State == SlotState.Done)
            _oldest++;

        if (_roomWanted && _slots.Length - (_end - _oldest) >= _slots.Length / 4)
        {
            _roomWanted = false;
            _room.Set();
        }
    }

    private int IndexOf(long position) => (int)(position & (_slots.Length - 1));

    private bool IsSent(int epoch, int slot) =>
        !_closed && epoch == _epoch && (uint)slot < (uint)_slots.Length && _slots[slot].State == SlotState.Sent;

    private struct Slot
    {
        public BufferedEvent? Event;
        public IPublishOutcomes? Outcomes;
        public long SentAt;
        public int Refusals;
        public SlotState State;
    }
}
