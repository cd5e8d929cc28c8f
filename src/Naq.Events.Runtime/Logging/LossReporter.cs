using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Logging;

/// <summary>
/// Reports events that did not reach the store: counts each at once, then logs one line and calls the callback once for a burst,
/// off the logging thread. It has no end: what a late log call loses, after dispose, is reported too.
/// </summary>
internal sealed class LossReporter
{
    private const int MaxBurst = 4_096;

    private static readonly TimeSpan BurstInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly LoggerMeter _meter;
    private readonly ILogger _log;
    private readonly Action<JobEventLoss>? _callback;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private Dictionary<(JobEventLossKind Kind, string Reason), LossBurst> _burst = [];
    private LossBurst? _latest;
    private TaskCompletionSource? _reporting;
    private int _count;
    private long _lastReport;

    public LossReporter(LoggerMeter meter, ILogger log, Action<JobEventLoss>? callback, TimeProvider timeProvider)
    {
        _meter = meter;
        _log = log;
        _callback = callback;
        _timeProvider = timeProvider;
        _lastReport = LongAgo();

        // Never disposed: a timer that is not due holds nothing, and goes with the reporter.
        _timer = timeProvider.CreateTimer(static state => ((LossReporter)state!).Report(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(JobEventLossKind kind, string reason, params ReadOnlySpan<Guid> ids)
    {
        _meter.AddLost(kind, ids.Length);
        TimeSpan due;
        lock (_lock)
        {
            BurstOf(kind, reason).Add(ids);
            var before = _count;
            _count += ids.Length;

            // The report that runs now looks again when it is done.
            if (_reporting is not null || (before > 0 && (before >= MaxBurst || _count < MaxBurst)))
                return;

            due = UntilNextReport();
        }

        _ = _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reports what is left, and has the next loss reported without delay.</summary>
    public async ValueTask FlushAsync()
    {
        Report();
        Task? running;
        lock (_lock)
            running = _reporting?.Task;

        // The timer was quicker, and what is left may be what it reports now. No longer than a moment: the callback that runs may
        // itself be what waits for this.
        if (running is not null)
        {
            await running.WaitAsync(BurstInterval, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Report();
        }

        lock (_lock)
            _lastReport = LongAgo();
    }

    private long LongAgo() => _timeProvider.GetTimestamp() - _timeProvider.TimestampFrequency;

    private TimeSpan UntilNextReport()
    {
        var left = BurstInterval - _timeProvider.GetElapsedTime(_lastReport);
        return left > TimeSpan.Zero && _count < MaxBurst ? left : TimeSpan.Zero;
    }

    private void Report()
    {
        Dictionary<(JobEventLossKind Kind, string Reason), LossBurst> burst;
        var reporting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_reporting is not null || _count == 0)
                return;

            _reporting = reporting;
            burst = _burst;
            _burst = [];
            _latest = null;
            _count = 0;
            _lastReport = _timeProvider.GetTimestamp();
        }

        foreach (var lost in burst.Values)
            Report(lost);

        TimeSpan? due;
        lock (_lock)
        {
            _reporting = null;
            due = _count > 0 ? UntilNextReport() : null;
        }

        reporting.SetResult();
        if (due is { } next)
            _ = _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    private void Report(LossBurst lost)
    {
        LoggingLog.EventsLost(_log, lost.Count, lost.Kind, lost.Reason, lost.First);
        try
        {
            if (lost.Ids is { } ids)
                _callback?.Invoke(new JobEventLoss(lost.Kind, lost.Reason, ids));
        }
#pragma warning disable CA1031 // The callback is the user's: what it throws is logged, and must not end the timer's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LoggingLog.LossCallbackFailed(_log, exception);
        }
    }

    private LossBurst BurstOf(JobEventLossKind kind, string reason)
    {
        // An overflow loses thousands in a row, for one and the same reason.
        if (_latest is { } latest && latest.Kind == kind && ReferenceEquals(latest.Reason, reason))
            return latest;

        if (!_burst.TryGetValue((kind, reason), out var known))
            _burst.Add((kind, reason), known = new LossBurst(kind, reason, keepIds: _callback is not null));

        return _latest = known;
    }
}
