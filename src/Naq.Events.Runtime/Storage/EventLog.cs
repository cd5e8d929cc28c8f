namespace Naq.Events.Storage;

/// <summary>A stream in memory: numbered events, an index by job, limits, and ids known for a while.</summary>
internal sealed class EventLog(InMemoryOptions options, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly List<JobEvent> _events = [];
    private readonly Dictionary<string, Queue<JobEvent>> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset StoredAt, Guid Id)> _recent = new();
    private readonly HashSet<Guid> _recentIds = [];
    private readonly Queue<DateTimeOffset> _storedAt = new();
    private TaskCompletionSource _appended = NewSignal();
    private int _removed;
    private ulong _lastSequence;

    /// <summary>Tells these events from those of another log.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Completes when the next event is appended. Take it before looking at the events.</summary>
    public Task Appended
    {
        get
        {
            lock (_lock)
                return _appended.Task;
        }
    }

    public ulong LastSequence
    {
        get
        {
            lock (_lock)
                return _lastSequence;
        }
    }

    public void Append(IReadOnlyList<JobEvent> jobEvents, string environment, string service)
    {
        TaskCompletionSource appended;
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            Expire(now);
            foreach (var jobEvent in jobEvents)
            {
                if (!IsNew(jobEvent.Id, now))
                    continue;

                // A copy: the caller's own event is not stored anywhere.
                var stored = jobEvent with { };
                stored.SetHeaders(jobEvent.Id == Guid.Empty ? null : jobEvent.Id.ToString("D"), jobEvent.TraceParent);
                stored.SetStored(++_lastSequence, environment, service);
                _events.Add(stored);
                _storedAt.Enqueue(now);
                if (!_jobs.TryGetValue(stored.JobId, out var job))
                    _jobs.Add(stored.JobId, job = new Queue<JobEvent>());

                job.Enqueue(stored);
                if (_events.Count - _removed > options.MaxMessages)
                    RemoveFirst();
            }

            appended = _appended;
            _appended = NewSignal();
        }

        appended.TrySetResult();
    }

    /// <summary>The events of one job that match, the oldest first.</summary>
    public IReadOnlyList<JobEvent> OfJob(string jobId, Func<JobEvent, bool> matches)
    {
        lock (_lock)
        {
            Expire(timeProvider.GetUtcNow());
            return _jobs.TryGetValue(jobId, out var job) ? [.. job.Where(matches)] : [];
        }
    }

    /// <summary>Copies matching events from a sequence on.</summary>
    /// <param name="sequence">Where to look first; moved behind what was looked at.</param>
    /// <param name="matches">Which are wanted.</param>
    /// <param name="destination">Where they go; as many as it holds.</param>
    /// <returns>How many were copied; fewer than asked for means that the end was reached.</returns>
    public int Read(ref ulong sequence, Func<JobEvent, bool> matches, Span<JobEvent> destination)
    {
        lock (_lock)
        {
            Expire(timeProvider.GetUtcNow());
            var count = 0;
            var first = _lastSequence - (ulong)(_events.Count - _removed) + 1;
            sequence = Math.Max(sequence, first);
            for (; sequence <= _lastSequence && count < destination.Length; sequence++)
            {
                var jobEvent = _events[_removed + (int)(sequence - first)];
                if (matches(jobEvent))
                    destination[count++] = jobEvent;
            }

            return count;
        }
    }

    /// <summary>Copies matching events from a sequence backwards.</summary>
    /// <param name="sequence">Where to look first; moved before what was looked at.</param>
    /// <param name="matches">Which are wanted.</param>
    /// <param name="destination">Where they go, the newest first; as many as it holds.</param>
    /// <returns>How many were copied; fewer than asked for means that the beginning was reached.</returns>
    public int ReadBackward(ref ulong sequence, Func<JobEvent, bool> matches, Span<JobEvent> destination)
    {
        lock (_lock)
        {
            Expire(timeProvider.GetUtcNow());
            var count = 0;
            var first = _lastSequence - (ulong)(_events.Count - _removed) + 1;
            sequence = Math.Min(sequence, _lastSequence);
            for (; sequence >= first && count < destination.Length; sequence--)
            {
                var jobEvent = _events[_removed + (int)(sequence - first)];
                if (matches(jobEvent))
                    destination[count++] = jobEvent;
            }

            return count;
        }
    }

    public JobEventStoreHealth Health()
    {
        lock (_lock)
        {
            Expire(timeProvider.GetUtcNow());
            var events = _events.Count - _removed;
            return new JobEventStoreHealth(IsHealthy: true, $"The embedded store holds {events} events in memory.")
            {
                Events = events,
                FirstSequence = events == 0 ? _lastSequence + 1 : _events[_removed].Sequence,
                LastSequence = _lastSequence,
            };
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsNew(Guid id, DateTimeOffset now)
    {
        if (id == Guid.Empty)
            return true;

        if (!_recentIds.Add(id))
            return false;

        _recent.Enqueue((now, id));
        return true;
    }

    private void Expire(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && now - oldest.StoredAt > options.DuplicateWindow)
            _ = _recentIds.Remove(_recent.Dequeue().Id);

        if (options.MaxAge == TimeSpan.Zero)
            return;

        while (_storedAt.TryPeek(out var storedAt) && now - storedAt > options.MaxAge)
            RemoveFirst();
    }

    private void RemoveFirst()
    {
        var first = _events[_removed];
        _ = _storedAt.Dequeue();
        _events[_removed++] = null!;
        var job = _jobs[first.JobId];
        _ = job.Dequeue();
        if (job.Count == 0)
            _ = _jobs.Remove(first.JobId);

        // Half of the list is empty: each event is moved once for each that was removed.
        if (_removed > _events.Count / 2)
        {
            _events.RemoveRange(0, _removed);
            _removed = 0;
        }
    }
}
