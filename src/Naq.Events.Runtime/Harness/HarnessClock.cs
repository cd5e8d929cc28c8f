namespace Naq.Events.Harness;

/// <summary>A clock that stands still until it is moved. Timers fire on the thread that moves it, each at its own time.</summary>
internal sealed class HarnessClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and fires what is due on the way.</summary>
    public void Advance(TimeSpan time)
    {
        var end = GetUtcNow() + time;
        while (TakeNext(end) is { } due)
            due.Fire();

        lock (_lock)
            _now = end > _now ? end : _now;
    }

    /// <summary>Moves on to the next timer, if there is one.</summary>
    public bool AdvanceToNextTimer()
    {
        if (TakeNext(DateTimeOffset.MaxValue) is not { } due)
            return false;

        due.Fire();
        return true;
    }

    private Timer? TakeNext(DateTimeOffset end)
    {
        lock (_lock)
        {
            // Of timers that are due at the same time the one that was set first.
            if (_timers.MinBy(static timer => timer.DueAt) is not { } next || next.DueAt > end)
                return null;

            _now = next.DueAt > _now ? next.DueAt : _now;
            _ = _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt = _now + next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }

    private sealed class Timer(HarnessClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isDueNow;
            lock (clock._lock)
            {
                if (_isDisposed)
                    return false;

                _ = clock._timers.Remove(this);
                Period = period;
                isDueNow = dueTime == TimeSpan.Zero;
                if (dueTime > TimeSpan.Zero || (isDueNow && period > TimeSpan.Zero))
                {
                    DueAt = clock._now + (isDueNow ? period : dueTime);
                    clock._timers.Add(this);
                }
            }

            if (isDueNow)
                _ = ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _isDisposed = true;
                _ = clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
