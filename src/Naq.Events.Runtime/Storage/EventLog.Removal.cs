namespace Naq.Events.Storage;

/// <content>How events go: the oldest by the limits, single ones by their retention or when they are asked to.</content>
internal sealed partial class EventLog
{
    private readonly PriorityQueue<ulong, DateTimeOffset> _expiring = new();

    /// <summary>Removes what is over age.</summary>
    /// <returns>How many events.</returns>
    public long RemoveExpired()
    {
        lock (_lock)
            return Expire(timeProvider.GetUtcNow());
    }

    /// <summary>Removes the events that match.</summary>
    /// <returns>How many events.</returns>
    public long Remove(Func<JobEvent, bool> matches)
    {
        lock (_lock)
        {
            _ = Expire(timeProvider.GetUtcNow());
            var before = _count;
            var first = FirstSequence;
            for (var sequence = first; sequence <= _lastSequence; sequence++)
            {
                if (_entries[_removed + (int)(sequence - first)].Event is { } jobEvent && matches(jobEvent))
                    MakeHole(_removed + (int)(sequence - first));
            }

            RemoveLeadingHoles();
            return before - _count;
        }
    }

    /// <summary>Removes one event.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ulong sequence)
    {
        lock (_lock)
        {
            _ = Expire(timeProvider.GetUtcNow());
            var before = _count;
            RemoveIfThere(sequence);
            RemoveLeadingHoles();
            return _count < before;
        }
    }

    private void ExpireLater(JobEvent stored, DateTimeOffset now)
    {
        if (RetentionNames.Of(options.Retention, stored.EventName) is { } retention)
            _expiring.Enqueue(stored.Sequence, now + retention);
    }

    private long Expire(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && now - oldest.StoredAt > options.DuplicateWindow)
            _ = _recentIds.Remove(_recent.Dequeue().Id);

        var before = _count;
        while (_expiring.TryPeek(out var sequence, out var due) && due < now)
        {
            _ = _expiring.Dequeue();
            RemoveIfThere(sequence);
        }

        RemoveLeadingHoles();
        if (options.MaxAge > TimeSpan.Zero)
        {
            while (_removed < _entries.Count && now - _entries[_removed].StoredAt > options.MaxAge)
                RemoveFirst();
        }

        return before - _count;
    }

    private void RemoveIfThere(ulong sequence)
    {
        var first = FirstSequence;
        if (sequence >= first && sequence <= _lastSequence)
            MakeHole(_removed + (int)(sequence - first));
    }

    private void RemoveFirst()
    {
        MakeHole(_removed);
        RemoveLeadingHoles();
    }

    private void MakeHole(int index)
    {
        if (_entries[index].Event is not { } removed)
            return;

        _entries[index] = _entries[index] with { Event = null };
        _count--;
        var job = _jobs[removed.JobId];
        if (ReferenceEquals(job.Peek(), removed))
            _ = job.Dequeue();
        else
            _jobs[removed.JobId] = job = new Queue<JobEvent>(job.Where(jobEvent => !ReferenceEquals(jobEvent, removed)));

        if (job.Count == 0)
            _ = _jobs.Remove(removed.JobId);
    }

    private void RemoveLeadingHoles()
    {
        while (_removed < _entries.Count && _entries[_removed].Event is null)
            _removed++;

        // Half of the list is empty: each event is moved once for each that was removed.
        if (_removed > _entries.Count / 2)
        {
            _entries.RemoveRange(0, _removed);
            _removed = 0;
        }
    }
}
