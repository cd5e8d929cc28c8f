using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>The dead letters of one processor, and what is parked behind them, in memory.</summary>
internal sealed class MemoryDeadLetters(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, JobEventDeadLetter> _deadLetters = [];
    private readonly Dictionary<string, OfJob> _jobs = new(StringComparer.Ordinal);
    private ulong _lastSequence;
    private long _parked;

    public (long Failed, long Parked) Count
    {
        get
        {
            lock (_lock)
                return (_deadLetters.Count - _parked, _parked);
        }
    }

    public void Add(JobEventDelivery delivery, DeadLetterReason reason)
    {
        lock (_lock)
        {
            var deadLetter = new JobEventDeadLetter
            {
                Sequence = ++_lastSequence,
                Timestamp = timeProvider.GetUtcNow(),
                Event = delivery.Event,
                EventSequence = delivery.Sequence,
                Cause = reason.Cause,
                Reason = reason.Text,
                Deliveries = delivery.Attempt,
                Handler = reason.Handler,
                ErrorType = reason.ErrorType,
                ErrorMessage = reason.ErrorMessage,
                ErrorFingerprint = reason.ErrorFingerprint,
            };
            _deadLetters.Add(_lastSequence, deadLetter);
            if (!_jobs.TryGetValue(deadLetter.Event!.JobId, out var job))
                _jobs.Add(deadLetter.Event.JobId, job = new OfJob());

            if (deadLetter.IsParked)
                _parked++;

            _ = (deadLetter.IsParked ? job.Parked : job.Failed).Add(_lastSequence);
        }
    }

    public IReadOnlyList<JobEventDeadLetter> All(bool? parked)
    {
        lock (_lock)
            return [.. _deadLetters.Values.Where(deadLetter => parked is null || deadLetter.IsParked == parked)];
    }

    /// <summary>Whether events of a job are parked, or one has failed, where that counts.</summary>
    public bool HasJob(string jobId, bool countsFailed)
    {
        lock (_lock)
            return _jobs.TryGetValue(jobId, out var job) && (countsFailed || job.Parked.Count > 0);
    }

    /// <summary>What of a job is parked and comes next; none while a dead letter is before it, where that counts.</summary>
    public JobEventDeadLetter? NextParked(string jobId, bool countsFailed)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(jobId, out var job) && (!countsFailed || job.Failed.Count == 0) && job.Parked.Count > 0
                ? _deadLetters[job.Parked.Min]
                : null;
        }
    }

    public JobEventDeadLetter? Find(ulong sequence)
    {
        lock (_lock)
            return _deadLetters.GetValueOrDefault(sequence);
    }

    public JobEventDeadLetter? Remove(ulong sequence)
    {
        lock (_lock)
        {
            if (!_deadLetters.Remove(sequence, out var removed))
                return null;

            var job = _jobs[removed.Event!.JobId];
            _ = (removed.IsParked ? job.Parked : job.Failed).Remove(sequence);
            if (removed.IsParked)
                _parked--;

            if (job.Failed.Count == 0 && job.Parked.Count == 0)
                _ = _jobs.Remove(removed.Event.JobId);

            return removed;
        }
    }

    private sealed class OfJob
    {
        public SortedSet<ulong> Failed { get; } = [];

        public SortedSet<ulong> Parked { get; } = [];
    }
}
