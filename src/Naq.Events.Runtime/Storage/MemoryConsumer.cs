using System.Runtime.CompilerServices;
using Naq.Events.Diagnostics;
using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>
/// A durable consumer in memory: where it stands, and what is delivered and not acknowledged. Several processors of one name
/// share it. What runs out of time, or is given back, is delivered again.
/// </summary>
internal sealed partial class MemoryConsumer(EventLog log, JobEventStart start, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Pending> _pending = [];
    private readonly JobEvent[] _next = new JobEvent[1];
    private ulong _sequence = log.FirstOf(start);
    private TaskCompletionSource _changed = NewSignal();

    public MemoryDeadLetters DeadLetters { get; } = new(timeProvider);

    public async IAsyncEnumerable<JobEventDelivery> DeliverAsync(
        DeliveryRequest request, Func<JobEvent, bool> matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Each session has its own filter: a processor that is started with other handlers wants other events.
        var session = new Session(request, matches);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var appended = log.Appended;
                var delivery = TryTake(session, out var changed, out var wait);
                if (delivery is not null)
                {
                    yield return delivery;
                    continue;
                }

                using var expiry = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var due = wait is { } delay
                    ? Task.Delay(delay, timeProvider, expiry.Token)
                    : Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, expiry.Token);
                _ = await Task.WhenAny(appended, changed, due).ConfigureAwait(false);
                await expiry.CancelAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            GiveBack(session);
        }
    }

    public ValueTask Settle(ulong sequence)
    {
        lock (_lock)
        {
            if (_pending.Remove(sequence, out var settled))
            {
                if (settled.WaitsElsewhere)
                    _waitingElsewhere--;

                if (settled.IsReplay)
                    EndReplay(settled.Event.JobId);

                if (settled.IsReplayedAfter)
                    AddReplay(settled.Event);
            }

            Changed();
        }

        return default;
    }

    public ValueTask Retry(ulong sequence, TimeSpan delay)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(sequence, out var pending))
            {
                pending.Session = null;
                pending.DueAt = timeProvider.GetUtcNow() + delay;
            }

            Changed();
        }

        return default;
    }

    /// <summary>A delivery that is given back before a handler has begun with it was none.</summary>
    public void Uncount(ulong sequence, int delivery)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(sequence, out var pending) && pending.Deliveries == delivery)
                pending.Deliveries--;
        }
    }

    /// <summary>Goes on somewhere else. What is delivered and not acknowledged is forgotten.</summary>
    public void SkipTo(JobEventStart start)
    {
        lock (_lock)
        {
            _sequence = log.FirstOf(start);
            foreach (var left in _pending.Values.Where(static pending => !pending.IsReplay).ToList())
                _ = _pending.Remove(left.Event.Sequence);

            Changed();
        }
    }

    /// <summary>The time of a delivery starts again, unless it was up and the event went elsewhere.</summary>
    public ValueTask Extend(ulong sequence, int delivery)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(sequence, out var pending) && pending.Deliveries == delivery && pending.Session is { } session)
                pending.DueAt = timeProvider.GetUtcNow() + session.Request.AckWait;
        }

        return default;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins a session that is asked for its deliveries, rather than waiting for them.</summary>
    /// <returns>Gives what is due now, or nothing.</returns>
    public Func<JobEventDelivery?> OpenSession(DeliveryRequest request, Func<JobEvent, bool> matches)
    {
        var session = new Session(request, matches);
        return () => TryTake(session, out _, out _);
    }

    private JobEventDelivery? TryTake(Session session, out Task changed, out TimeSpan? wait)
    {
        lock (_lock)
        {
            changed = _changed.Task;
            wait = null;
            var now = timeProvider.GetUtcNow();
            if (_pending.Count + _releases.Count > 0)
            {
                var oldest = _pending.Values.Concat(_releases.Values).MinBy(static pending => (pending.DueAt, pending.Event.Sequence))!;
                if (oldest.DueAt <= now)
                    return Deliver(oldest, session, now);

                wait = oldest.DueAt - now;
            }

            if (_pending.Count - _waitingElsewhere >= session.Request.MaxUnacknowledged)
                return null;

            if (Read(session) == 0)
            {
                session.Request.OnPending?.Invoke(0);
                return null;
            }

            var pending = new Pending(_next[0]);
            _pending.Add(pending.Event.Sequence, pending);
            return Deliver(pending, session, now);
        }
    }

    private int Read(Session session)
    {
        var count = log.Read(ref _sequence, session.Matches, _next, out var lost, out _);
        if (lost is var (from, to))
        {
            JobEventMetrics.AddMissed(JobEventMetrics.MemoryTags, from, to);
            log.Losses.Note($"The processor '{session.Request.Name}'", from, to);
            session.Request.OnLost?.Invoke(new JobEventsLost(from, to, new JobEventCursor(to, log.Id)));
        }

        return count;
    }

    private JobEventDelivery Deliver(Pending pending, Session session, DateTimeOffset now)
    {
        pending.Deliveries++;
        pending.Session = session;
        pending.DueAt = now + session.Request.AckWait;
        if (pending.Parked is { } parked)
        {
            return new MemoryParkedDelivery(this, parked)
            {
                Event = parked.Event,
                Sequence = parked.EventSequence,
                Delivery = pending.Deliveries,
                IsReplay = true,
            };
        }

        return new MemoryDelivery(this)
        {
            Event = pending.Event,
            Sequence = pending.Event.Sequence,
            Delivery = pending.Deliveries,
            IsReplay = pending.IsReplay,
            Pending = (long)(Math.Max(log.LastSequence + 1, _sequence) - _sequence),
        };
    }

    private void GiveBack(Session session)
    {
        lock (_lock)
        {
            foreach (var pending in _pending.Values.Concat(_releases.Values).Where(pending => ReferenceEquals(pending.Session, session)))
            {
                pending.Session = null;
                pending.DueAt = DateTimeOffset.MinValue;
            }

            Changed();
        }
    }

    private void Changed()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private sealed record Session(DeliveryRequest Request, Func<JobEvent, bool> Matches);

    private sealed class Pending(JobEvent jobEvent)
    {
        public JobEvent Event { get; } = jobEvent;

        public int Deliveries { get; set; }

        /// <summary>Whether it was a dead letter, or is parked behind one.</summary>
        public bool IsReplay { get; set; }

        /// <summary>Whether it is not counted as delivered.</summary>
        public bool WaitsElsewhere { get; set; }

        /// <summary>Whether it is delivered again, as a replay, when it has its outcome.</summary>
        public bool IsReplayedAfter { get; set; }

        /// <summary>What of a job's parked events is delivered.</summary>
        public JobEventDeadLetter? Parked { get; set; }

        public Session? Session { get; set; }

        public DateTimeOffset DueAt { get; set; }
    }
}
