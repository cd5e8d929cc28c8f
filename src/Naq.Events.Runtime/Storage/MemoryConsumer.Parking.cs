using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <content>What is parked behind dead letters: when they are gone, it is delivered as one delivery, which goes from event to event.</content>
internal sealed partial class MemoryConsumer : IParkedJobs
{
    private int _waitingElsewhere;
    private readonly Dictionary<string, Pending> _releases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _replays = new(StringComparer.Ordinal);

    bool IParkedJobs.AreNone
    {
        get
        {
            lock (_lock)
                return _replays.Count == 0 && DeadLetters.Count == (0, 0);
        }
    }

    /// <summary>Whether a job with a dead letter stands still.</summary>
    private bool StopsAtDeadLetters { get; set; } = true;

    public ValueTask<bool> IsParkedAsync(string jobId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_replays.ContainsKey(jobId) || DeadLetters.HasJob(jobId, StopsAtDeadLetters));
    }

    public IParkedJobs OpenParkedJobs(DeliveryRequest request)
    {
        lock (_lock)
            StopsAtDeadLetters = request.StopsAtDeadLetters;

        return this;
    }

    /// <summary>Keeps an event until its next try, apart from what is delivered; those of its job wait behind it.</summary>
    public bool WaitElsewhere(JobEvent jobEvent, TimeSpan delay, int tried)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(jobEvent.Sequence, out var pending))
                _pending.Add(jobEvent.Sequence, pending = new Pending(jobEvent));

            if (!pending.WaitsElsewhere)
                _waitingElsewhere++;

            if (!pending.IsReplay)
                _replays[jobEvent.JobId] = _replays.GetValueOrDefault(jobEvent.JobId) + 1;

            (pending.IsReplay, pending.WaitsElsewhere, pending.Session) = (true, true, null);
            (pending.Deliveries, pending.DueAt) = (tried, timeProvider.GetUtcNow() + delay);
            Changed();
            return true;
        }
    }

    void IParkedJobs.Note(string jobId)
    {
        // It was kept here.
    }

    ValueTask IAsyncDisposable.DisposeAsync() => default;

    /// <summary>Delivers a dead letter as if for the first time, or what is parked.</summary>
    /// <returns>Whether there is one of that number, and nothing has to be replayed before it.</returns>
    public bool Replay(ulong sequence)
    {
        lock (_lock)
        {
            if (DeadLetters.Find(sequence) is not { Event: { } jobEvent } deadLetter)
                return false;

            if (deadLetter.IsParked)
            {
                ReleaseIfFree(jobEvent.JobId);
                return DeadLetters.NextParked(jobEvent.JobId, StopsAtDeadLetters) is not null;
            }

            _ = DeadLetters.Remove(sequence);
            _replays[jobEvent.JobId] = _replays.GetValueOrDefault(jobEvent.JobId) + 1;
            if (_pending.TryGetValue(jobEvent.Sequence, out var unsettled))
                unsettled.IsReplayedAfter = true; // It is a dead letter by now, and about to have its outcome.
            else
                AddReplay(jobEvent);

            return true;
        }
    }

    public bool Discard(ulong sequence)
    {
        lock (_lock)
        {
            if (DeadLetters.Remove(sequence) is not { Event: { } jobEvent })
                return false;

            ReleaseIfFree(jobEvent.JobId);
            return true;
        }
    }

    /// <summary>Keeps a delivery as a dead letter, or parks it.</summary>
    public void Keep(JobEventDelivery delivery, DeadLetterReason reason)
    {
        lock (_lock)
        {
            DeadLetters.Add(delivery, reason);
            ReleaseIfFree(delivery.Event!.JobId);
        }
    }

    /// <summary>What follows a parked event that has its outcome; with the last, the delivery ends.</summary>
    public JobEventDeadLetter? NextParked(string jobId, ulong last)
    {
        lock (_lock)
        {
            if (!_releases.TryGetValue(jobId, out var release))
                return null;

            _ = DeadLetters.Remove(last);
            release.Parked = _replays.ContainsKey(jobId) ? null : DeadLetters.NextParked(jobId, StopsAtDeadLetters);
            if (release.Parked is null)
                _ = _releases.Remove(jobId);

            return release.Parked;
        }
    }

    public ValueTask ExtendRelease(string jobId, int delivery)
    {
        lock (_lock)
        {
            if (_releases.TryGetValue(jobId, out var release) && release.Deliveries == delivery && release.Session is { } session)
                release.DueAt = timeProvider.GetUtcNow() + session.Request.AckWait;
        }

        return default;
    }

    public void UncountRelease(string jobId, int delivery)
    {
        lock (_lock)
        {
            if (_releases.TryGetValue(jobId, out var release) && release.Deliveries == delivery)
                release.Deliveries--;
        }
    }

    private void AddReplay(JobEvent jobEvent)
    {
        _pending.Add(jobEvent.Sequence, new Pending(jobEvent) { DueAt = DateTimeOffset.MinValue, IsReplay = true });
        Changed();
    }

    private void ReleaseIfFree(string jobId)
    {
        if (_replays.ContainsKey(jobId) || _releases.ContainsKey(jobId) || DeadLetters.NextParked(jobId, StopsAtDeadLetters) is not { } parked)
            return;

        _releases.Add(jobId, new Pending(parked.Event!) { DueAt = DateTimeOffset.MinValue, IsReplay = true, Parked = parked });
        Changed();
    }

    private void EndReplay(string jobId)
    {
        if (_replays[jobId] > 1)
            _replays[jobId]--;
        else
            _ = _replays.Remove(jobId);

        ReleaseIfFree(jobId);
    }
}
