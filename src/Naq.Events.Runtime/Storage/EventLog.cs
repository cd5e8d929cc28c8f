namespace Naq.Events.Storage;

/// <summary>A stream in memory: numbered events with holes where some were removed, an index by job, limits, and ids known for a while.</summary>
internal sealed partial class EventLog(InMemoryOptions options, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Queue<JobEvent>> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset StoredAt, Guid Id)> _recent = new();
    private readonly HashSet<Guid> _recentIds = [];
    private TaskCompletionSource _appended = NewSignal();
    private int _removed;
    private int _count;
    private ulong _lastSequence;

    /// <summary>What readers did not come to in time.</summary>
    public RecentLosses Losses { get; } = new(timeProvider);

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

    private ulong FirstSequence => _lastSequence - (ulong)(_entries.Count - _removed) + 1;

    public void Append(IReadOnlyList<JobEvent> jobEvents, string environment, string service)
    {
        TaskCompletionSource appended;
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            _ = Expire(now);
            foreach (var jobEvent in jobEvents)
            {
                if (!IsNew(jobEvent.Id, now))
                    continue;

                // A copy: the caller's own event is not stored anywhere.
                var stored = jobEvent with { };
                stored.SetHeaders(jobEvent.Id == Guid.Empty ? null : jobEvent.Id.ToString("D"), jobEvent.TraceParent);
                stored.SetStored(++_lastSequence, environment, service);
                _entries.Add(new Entry(stored, now));
                _count++;
                ExpireLater(stored, now);
                if (!_jobs.TryGetValue(stored.JobId, out var job))
                    _jobs.Add(stored.JobId, job = new Queue<JobEvent>());

                job.Enqueue(stored);
                if (_count > options.MaxMessages)
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
            _ = Expire(timeProvider.GetUtcNow());
            return _jobs.TryGetValue(jobId, out var job) ? [.. job.Where(matches)] : [];
        }
    }

    /// <summary>The first sequence that a start means; for the oldest, that of the oldest there is.</summary>
    public ulong FirstOf(JobEventStart start)
    {
        if (start.StoredSince is { } time)
            return FirstStoredSince(time);

        lock (_lock)
        {
            _ = Expire(timeProvider.GetUtcNow());
            return start.FirstSequence switch
            {
                0 => _lastSequence + 1,
                1 => FirstSequence,
                _ => start.FirstSequence,
            };
        }
    }

    /// <summary>The first sequence that was stored at a time or later; the next to come when there is none.</summary>
    private ulong FirstStoredSince(DateTimeOffset time)
    {
        lock (_lock)
        {
            var (from, to) = (_removed, _entries.Count);
            while (from < to)
            {
                var middle = (from + to) / 2;
                if (_entries[middle].StoredAt < time)
                    from = middle + 1;
                else
                    to = middle;
            }

            return FirstSequence + (ulong)(from - _removed);
        }
    }

    /// <summary>Copies matching events from a sequence on.</summary>
    /// <param name="sequence">Where to look first; moved behind what was looked at.</param>
    /// <param name="matches">Which are wanted.</param>
    /// <param name="destination">Where they go; as many as it holds.</param>
    /// <returns>How many were copied; fewer than asked for means that the end was reached.</returns>
    public int Read(ref ulong sequence, Func<JobEvent, bool> matches, Span<JobEvent> destination) =>
        Read(ref sequence, matches, destination, out _, out _);

    /// <summary>Copies matching events from a sequence on, and says what a reader wants to know of the log besides.</summary>
    /// <param name="sequence">Where to look first; moved behind what was looked at.</param>
    /// <param name="matches">Which are wanted.</param>
    /// <param name="destination">Where they go; as many as it holds.</param>
    /// <param name="lost">The sequences that were to be read and had been removed, if they were the oldest.</param>
    /// <param name="waiting">The sequences behind what was looked at.</param>
    /// <returns>How many were copied; fewer than asked for means that the end was reached.</returns>
    public int Read(
        ref ulong sequence, Func<JobEvent, bool> matches, Span<JobEvent> destination, out SequenceRange? lost, out long waiting)
    {
        lock (_lock)
        {
            _ = Expire(timeProvider.GetUtcNow());
            var count = 0;
            var first = FirstSequence;
            lost = sequence < first ? new SequenceRange(sequence, first - 1) : null;
            sequence = Math.Max(sequence, first);
            for (; sequence <= _lastSequence && count < destination.Length; sequence++)
            {
                if (_entries[_removed + (int)(sequence - first)].Event is { } jobEvent && matches(jobEvent))
                    destination[count++] = jobEvent;
            }

            waiting = sequence > _lastSequence ? 0 : (long)(_lastSequence - sequence) + 1;
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
            _ = Expire(timeProvider.GetUtcNow());
            var count = 0;
            var first = FirstSequence;
            sequence = Math.Min(sequence, _lastSequence);
            for (; sequence >= first && count < destination.Length; sequence--)
            {
                if (_entries[_removed + (int)(sequence - first)].Event is { } jobEvent && matches(jobEvent))
                    destination[count++] = jobEvent;
            }

            return count;
        }
    }

    public JobEventStoreHealth Health()
    {
        lock (_lock)
        {
            _ = Expire(timeProvider.GetUtcNow());
            return Losses.AddTo(new JobEventStoreHealth(IsHealthy: true, $"The embedded store holds {_count} events in memory.")
            {
                Events = _count,
                FirstSequence = FirstSequence,
                LastSequence = _lastSequence,
            });
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

    /// <summary>An event and when it was stored; <see langword="null"/> where it was removed.</summary>
    private readonly record struct Entry(JobEvent? Event, DateTimeOffset StoredAt);
}
