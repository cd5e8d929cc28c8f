using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Logging;

/// <summary>
/// Reports events that did not reach the store: counts each at once, then logs one line and calls the callback once for a burst,
/// off the logging thread.
/// </summary>
internal sealed class LossReporter : IDisposable
{
    private const int MaxBurst = 4_096;

    private static readonly TimeSpan BurstInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ILogger _log;
    private readonly Action<JobEventLoss>? _callback;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private Dictionary<(JobEventLossKind Kind, string Reason), List<Guid>> _burst = [];
    private int _count;
    private long _lastReport;

    public LossReporter(ILogger log, Action<JobEventLoss>? callback, TimeProvider timeProvider)
    {
        _log = log;
        _callback = callback;
        _timeProvider = timeProvider;
        _lastReport = timeProvider.GetTimestamp() - timeProvider.TimestampFrequency;
        _timer = timeProvider.CreateTimer(static state => ((LossReporter)state!).Report(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(JobEventLossKind kind, string reason, params ReadOnlySpan<Guid> ids)
    {
        JobEventMetrics.Lost(kind, ids.Length);
        lock (_lock)
        {
            if (!_burst.TryGetValue((kind, reason), out var known))
                _burst.Add((kind, reason), known = []);

            known.AddRange(ids);
            var first = _count == 0;
            _count += ids.Length;
            if (_count >= MaxBurst)
                _ = _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            else if (first)
                _ = _timer.Change(UntilNextReport(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Reports what is left, on this thread.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Report();
    }

    private TimeSpan UntilNextReport()
    {
        var left = BurstInterval - _timeProvider.GetElapsedTime(_lastReport);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Report()
    {
        Dictionary<(JobEventLossKind Kind, string Reason), List<Guid>> burst;
        lock (_lock)
        {
            burst = _burst;
            _burst = [];
            _count = 0;
            _lastReport = _timeProvider.GetTimestamp();
        }

        foreach (var ((kind, reason), ids) in burst)
        {
            LoggingLog.EventsLost(_log, ids.Count, kind, reason, ids[0]);
            try
            {
                _callback?.Invoke(new JobEventLoss(kind, reason, ids));
            }
#pragma warning disable CA1031 // The callback is the user's: what it throws is logged, and must not end the timer's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LoggingLog.LossCallbackFailed(_log, exception);
            }
        }
    }
}
