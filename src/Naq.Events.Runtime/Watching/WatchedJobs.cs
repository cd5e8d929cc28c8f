namespace Naq.Events.Watching;

/// <summary>
/// The jobs that run and beat, and when each was last heard of. Silence is measured from when a beat came in here, by one clock: those of
/// the workers need not agree with it. What could not be heard, since this process or its server was away, is not silence.
/// </summary>
internal sealed class WatchedJobs(int missedHeartbeats, TimeSpan shortestSilence, TimeProvider timeProvider)
{
    /// <summary>The names of the events after which a job does not beat any more, until it starts again.</summary>
    private static readonly HashSet<string> Ends =
        new(["completed", "failed", "cancelled", "timeout", "max_retries_exceeded", "stalled"], StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, WatchedJob> _jobs = new(StringComparer.Ordinal);
    private long _listeningSince = timeProvider.GetTimestamp();
    private bool _isCaughtUp;

    /// <summary>The names of the events to be told of.</summary>
    public static IReadOnlyCollection<string> EventNames { get; } = ["started", "heartbeat", .. Ends];

    public int Count
    {
        get
        {
            lock (_lock)
                return _jobs.Count;
        }
    }

    /// <summary>Whether all that is stored was heard.</summary>
    public bool IsCaughtUp
    {
        get
        {
            lock (_lock)
                return _isCaughtUp;
        }
    }

    /// <summary>The interval that a start or a heartbeat promises; <see langword="null"/> when it promises none.</summary>
    public static TimeSpan? IntervalOf(JobEvent jobEvent) =>
        jobEvent.EventName is "started" or "heartbeat" && jobEvent.Details.GetDouble("heartbeat_ms") is > 0 and < 1e12 and var milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    /// <summary>Hears an event.</summary>
    public void Hear(JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (IntervalOf(jobEvent) is { } interval)
                _jobs[jobEvent.JobId] = new WatchedJob(jobEvent.JobId, jobEvent.Sequence, interval, timeProvider.GetTimestamp());
            else if (jobEvent.EventName == "started" || Ends.Contains(jobEvent.EventName))
                _ = _jobs.Remove(jobEvent.JobId);
        }
    }

    /// <summary>From now on all that is stored is heard.</summary>
    public void CatchUp()
    {
        lock (_lock)
        {
            _isCaughtUp = true;
            _listeningSince = timeProvider.GetTimestamp();
        }
    }

    /// <summary>From now on not all is heard, until it is caught up with.</summary>
    public void FallBehind()
    {
        lock (_lock)
            _isCaughtUp = false;
    }

    /// <summary>Until now not all may have been heard.</summary>
    public void ListenAnew()
    {
        lock (_lock)
            _listeningSince = timeProvider.GetTimestamp();
    }

    /// <summary>The stream is another one.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _jobs.Clear();
            _isCaughtUp = false;
        }
    }

    /// <summary>Forgets a job, unless it was heard of since.</summary>
    public void Forget(in WatchedJob job)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(job.JobId, out var present) && present.Sequence == job.Sequence)
                _ = _jobs.Remove(job.JobId);
        }
    }

    /// <summary>The jobs that have been silent for too long.</summary>
    public IReadOnlyList<WatchedJob> Silent()
    {
        lock (_lock)
        {
            if (!_isCaughtUp)
                return [];

            var now = timeProvider.GetTimestamp();
            return [.. _jobs.Values.Where(job => timeProvider.GetElapsedTime(Math.Max(job.HeardAt, _listeningSince), now) > Allowed(job.Interval))];
        }
    }

    private TimeSpan Allowed(TimeSpan interval)
    {
        var missed = interval * missedHeartbeats;
        return missed > shortestSilence ? missed : shortestSilence;
    }
}
