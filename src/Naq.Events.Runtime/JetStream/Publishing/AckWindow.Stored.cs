using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <content>Events that were sent in an earlier epoch, and may be stored though no answer came.</content>
internal sealed partial class AckWindow
{
    /// <summary>The events that wait to be sent again, and were sent for the first time before then.</summary>
    /// <param name="timestamp">When.</param>
    /// <param name="first">When the first of them was.</param>
    public List<(int Slot, BufferedEvent Event)> FirstSentBefore(long timestamp, out long first)
    {
        first = long.MaxValue;
        var sent = new List<(int Slot, BufferedEvent Event)>();
        lock (_gate)
        {
            for (var position = _oldest; position < _end; position++)
            {
                ref readonly var entry = ref _slots[IndexOf(position)];
                if (entry.State != SlotState.Waiting || entry.FirstSentAt == 0 || entry.FirstSentAt >= timestamp)
                    continue;

                first = Math.Min(first, entry.FirstSentAt);
                sent.Add((IndexOf(position), entry.Event!));
            }
        }

        return sent;
    }

    /// <summary>Ends events that wait to be sent again: they are stored.</summary>
    public void CompleteUnsent(int epoch, List<int> slots, CompletedEvents completed)
    {
        lock (_gate)
        {
            if (_closed || epoch != _epoch)
                return;

            foreach (var slot in slots)
            {
                ref var entry = ref _slots[slot];
                if (entry.State != SlotState.Waiting)
                    continue;

                completed.Add(entry.Event!, entry.Outcomes!, entry.FirstSentAt);
                entry = new Slot { State = SlotState.Done };
            }

            // Those in front need not be passed over first: nothing may come that would do so.
            while (_oldest < _end && _slots[IndexOf(_oldest)].State == SlotState.Done)
                _oldest++;

            _next = Math.Max(_next, _oldest);
            FreeOldest();
        }
    }
}
