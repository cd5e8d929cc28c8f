using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// The events that a publisher has taken over and that are not acknowledged, in order: a ring of slots, of which those up to the
/// next have been sent. Events that are sent together make a group, whose answers come under one subject and are only counted: as
/// many subjects as events would cost the server its cache of them. Going back means to send all again from the oldest on. Each
/// going back begins an epoch; an answer that belongs to an earlier one counts for nothing, since its slot may hold another event
/// by now.
/// </summary>
internal sealed partial class AckWindow
{
    private readonly Lock _gate = new();
    private readonly Slot[] _slots;
    private readonly AutoResetSignal _room = new();
    private long _oldest;
    private long _next;
    private long _sentEnd;
    private long _end;
    private int _epoch;
    private int _inFlight;
    private int _group = -1;
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

    /// <summary>Gives the next event to send, in the group of the one before it or in a new one.</summary>
    /// <param name="timestamp">Now.</param>
    /// <param name="startsGroup">Whether a new group starts; one starts in any case when the last has its answers.</param>
    /// <param name="sent">The event, and where its answer belongs.</param>
    public bool TryNext(long timestamp, bool startsGroup, out SentEvent sent)
    {
        lock (_gate)
        {
            while (_next < _end && _slots[IndexOf(_next)].State == SlotState.Done)
                _next++;

            sent = default;
            if (_next == _end || _closed)
                return false;

            var slot = IndexOf(_next);
            ref var entry = ref _slots[slot];
            if (startsGroup || _group < 0)
            {
                _group = slot;
                entry.Group = new Group();
            }

            ref var group = ref _slots[_group].Group;
            group.Events++;
            group.Last = _next;
            entry.State = SlotState.Sent;
            entry.SentAt = timestamp;
            if (entry.FirstSentAt == 0)
                entry.FirstSentAt = timestamp;

            entry.GroupSlot = _group;
            sent = new SentEvent(slot, _group, group.Events, entry.Event!);
            _next++;
            _inFlight++;
            return true;
        }
    }

    /// <summary>Goes back to the oldest event.</summary>
    /// <param name="epoch">The new epoch.</param>
    /// <returns>How many events will be sent again, the first from the oldest on.</returns>
    public int GoBack(out int epoch)
    {
        lock (_gate)
        {
            // One that was sent in any epoch may be stored: the last may have ended before it came so far again.
            _sentEnd = Math.Max(_sentEnd, _next);
            var again = 0;
            for (var position = _oldest; position < _sentEnd; position++)
            {
                ref var entry = ref _slots[IndexOf(position)];
                if (entry.State == SlotState.Done)
                    continue;

                entry.State = SlotState.Waiting;
                entry.Group = default;
                again++;
            }

            _next = _oldest;
            _group = -1;
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

    private bool IsGroup(int epoch, int slot) =>
        !_closed && epoch == _epoch && (uint)slot < (uint)_slots.Length && _slots[slot].Group.Open > 0;

    private struct Slot
    {
        public BufferedEvent? Event;
        public IPublishOutcomes? Outcomes;
        public long SentAt;
        public long FirstSentAt;
        public int Refusals;
        public int GroupSlot;
        public SlotState State;

        /// <summary>The group that begins here.</summary>
        public Group Group;
    }

    private struct Group
    {
        /// <summary>The place of its last event.</summary>
        public long Last;

        public int Events;

        public int Answers;

        /// <summary>Whether one of its events was refused.</summary>
        public bool IsSuspect;

        /// <summary>Whether one answer is for all of them.</summary>
        public bool IsBatch;

        public readonly int Open => Events - Answers;
    }
}
