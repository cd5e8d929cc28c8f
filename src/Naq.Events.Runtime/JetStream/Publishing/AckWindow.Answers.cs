using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <content>What becomes of events that were sent.</content>
internal sealed partial class AckWindow
{
    /// <summary>
    /// Counts answers: an event is stored. When a group has as many as events were sent in it, all of them are. Answers that count
    /// for nothing are passed over.
    /// </summary>
    public void Complete(int epoch, ReadOnlySpan<int> groups, CompletedEvents completed)
    {
        lock (_gate)
        {
            foreach (var slot in groups)
                Answer(epoch, slot, completed);

            FreeOldest();
        }
    }

    /// <summary>The group is sent as a batch: it has one answer, for all its events.</summary>
    public void MarkBatch(int groupSlot)
    {
        lock (_gate)
        {
            _slots[groupSlot].Group.IsBatch = true;
            LeaveGroup(groupSlot);
        }
    }

    /// <summary>Gives up an event that was sent in a group of its own and refused, or that could not be sent after all.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="slot">The event's slot.</param>
    /// <param name="others">Events of its group that are stored now, if it was the last one without an answer.</param>
    /// <param name="bufferedEvent">The event.</param>
    /// <returns>Where to report it; <see langword="null"/> when there is nothing to give up.</returns>
    public IPublishOutcomes? GiveUp(int epoch, int slot, CompletedEvents others, out BufferedEvent bufferedEvent)
    {
        bufferedEvent = null!;
        lock (_gate)
        {
            if (_closed || epoch != _epoch || (uint)slot >= (uint)_slots.Length || _slots[slot].State != SlotState.Sent)
                return null;

            var groupSlot = _slots[slot].GroupSlot;
            ref var group = ref _slots[groupSlot].Group;
            if (groupSlot == slot && group.Events > 1)
                return null;

            group.Events--;
            _inFlight--;
            var outcomes = End(slot, out bufferedEvent);
            FinishIfAnswered(groupSlot, others);
            FreeOldest();
            return outcomes;
        }
    }

    /// <summary>
    /// Notes that an event was refused. One in a group of its own stays where it is until <see cref="GiveUp"/> or
    /// <see cref="Postpone"/>; of a larger group nobody knows which was refused, so that all its events are left for the next epoch.
    /// </summary>
    /// <param name="epoch">The epoch it was sent in.</param>
    /// <param name="groupSlot">The group.</param>
    /// <returns>How often the one event has been refused; 0 when the answer counts for nothing or was for several.</returns>
    public int Refuse(int epoch, int groupSlot)
    {
        lock (_gate)
        {
            if (!IsGroup(epoch, groupSlot))
                return 0;

            ref var group = ref _slots[groupSlot].Group;
            LeaveGroup(groupSlot);
            if (group.Events == 1)
                return ++_slots[groupSlot].Refusals;

            group.IsSuspect = true;
            Answer(epoch, groupSlot, completed: null);
            return 0;
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
            if (!IsGroup(epoch, slot))
                return;

            _slots[slot].State = SlotState.Refused;
            if (!counts)
                _slots[slot].Refusals--;

            _slots[slot].Group = default;
            _inFlight--;
        }
    }

    private void Answer(int epoch, int groupSlot, CompletedEvents? completed)
    {
        if (!IsGroup(epoch, groupSlot))
            return;

        ref var group = ref _slots[groupSlot].Group;
        var answers = group.IsBatch ? group.Open : 1;
        group.Answers += answers;
        _inFlight -= answers;
        FinishIfAnswered(groupSlot, completed);
    }

    private void FinishIfAnswered(int groupSlot, CompletedEvents? completed)
    {
        ref var group = ref _slots[groupSlot].Group;
        if (group.Open > 0)
            return;

        LeaveGroup(groupSlot);
        if (group.Events == 0)
            return;

        var (isSuspect, last) = (group.IsSuspect, group.Last);
        group = default;
        for (var slot = groupSlot; ; slot = IndexOf(slot + 1L))
        {
            ref var entry = ref _slots[slot];
            if (entry.State == SlotState.Sent && entry.GroupSlot == groupSlot)
            {
                if (isSuspect)
                    entry.State = SlotState.Refused;
                else
                    Complete(slot, completed!);
            }

            if (slot == IndexOf(last))
                return;
        }
    }

    private void Complete(int slot, CompletedEvents completed)
    {
        var sentAt = _slots[slot].SentAt;
        var outcomes = End(slot, out var bufferedEvent);
        completed.Add(bufferedEvent, outcomes!, sentAt);
    }

    /// <summary>Nothing more is sent in the group.</summary>
    private void LeaveGroup(int groupSlot)
    {
        if (_group == groupSlot)
            _group = -1;
    }

    private IPublishOutcomes? End(int slot, out BufferedEvent bufferedEvent)
    {
        ref var entry = ref _slots[slot];
        bufferedEvent = entry.Event!;
        var outcomes = entry.Outcomes;
        entry = new Slot { State = SlotState.Done };
        return outcomes;
    }
}
