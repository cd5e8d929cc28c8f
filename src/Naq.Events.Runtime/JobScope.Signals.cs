using System.Globalization;
using Naq.Events.Diagnostics;
using Naq.Events.Jobs;

namespace Naq.Events;

/// <content>What a run says of itself between its start and its end.</content>
public sealed partial class JobScope
{
    private long _lastBeat;
    private long? _lastProgress;

    /// <summary>
    /// Says that the work goes on: logs <c>heartbeat</c>, unless one was logged within
    /// <see cref="JobRunOptions.HeartbeatInterval"/>. Cheap enough for the inside of a loop. After the end it does nothing.
    /// </summary>
    public void Beat()
    {
        if (_options.HeartbeatInterval is not { } interval
            || _timeProvider.GetElapsedTime(Volatile.Read(ref _lastBeat)) < interval)
            return;

        LogBeat(interval, interval);
        _ = _heartbeats?.Change(interval, interval);
    }

    /// <summary>
    /// Says how far the work is: logs <c>progress</c>, unless one was logged within
    /// <see cref="JobRunOptions.ProgressInterval"/>. The last step, with <paramref name="done"/> at <paramref name="total"/>, is
    /// always logged. After the end it does nothing.
    /// </summary>
    /// <param name="done">How much is done, in a unit of the job's own.</param>
    /// <param name="total">How much there is to do, where that is known.</param>
    /// <param name="message">The event's message; <c>3 of 10</c> when <see langword="null"/>.</param>
    public void Progress(long done, long? total = null, string? message = null)
    {
        lock (_lock)
        {
            if (Outcome is not null)
                return;

            var isLast = done >= total;
            var now = _timeProvider.GetTimestamp();
            if (!isLast && _lastProgress is { } last && _timeProvider.GetElapsedTime(last, now) < _options.ProgressInterval)
                return;

            _lastProgress = now;
            message ??= total is null
                ? string.Create(CultureInfo.InvariantCulture, $"{done} done")
                : string.Create(CultureInfo.InvariantCulture, $"{done} of {total}");
            Tell("progress", (done, total, message), static (scope, step) => scope.Logger.LogProgress(
                scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName,
                step.message, step.done, step.total, scope.Elapsed.TotalMilliseconds, scope._options.Tags, scope.Attempt,
                scope.RunId, scope.ParentId, scope.RootId, scope.CorrelationId));
        }
    }

    private void BeatOnTime()
    {
        // A beat by hand has moved the timer, but one tick may have been under way already. Half, since timers are not exact.
        if (_options.HeartbeatInterval is { } interval)
            LogBeat(interval, interval / 2);
    }

    private void LogBeat(TimeSpan interval, TimeSpan notWithin)
    {
        lock (_lock)
        {
            var now = _timeProvider.GetTimestamp();
            if (Outcome is not null || _timeProvider.GetElapsedTime(_lastBeat, now) < notWithin)
                return;

            _lastBeat = now;
            Tell("heartbeat", interval, static (scope, interval) => scope.Logger.LogHeartbeat(
                scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName,
                interval.TotalMilliseconds, scope.Elapsed.TotalMilliseconds, scope._options.Tags, scope.Attempt, scope.RunId,
                scope.ParentId, scope.RootId, scope.CorrelationId));
        }
    }

    private void LogStarted() => Tell("started", this, static (scope, _) => scope.Logger.LogStarted(
        scope.JobId, scope.StartedAt, scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName,
        scope._options.Timeout?.TotalMilliseconds, scope._options.HeartbeatInterval?.TotalMilliseconds, scope._options.Tags,
        scope._options.Metadata, scope.Attempt, scope.RunId, scope.ParentId, scope.RootId, scope.CorrelationId));

    private void Tell<T>(JobEventType type, T argument, Action<JobScope, T> log) =>
        Tell(Serialization.EventNames.TokenOf(type), argument, log);

    private void Tell<T>(string eventName, T argument, Action<JobScope, T> log)
    {
        try
        {
            log(this, argument);
        }
#pragma warning disable CA1031 // The job is not to be told that its events could not be logged.
        catch (Exception exception)
        {
            try
            {
                JobsLog.EventNotLogged(_log, exception, eventName, LogText.Of(JobId));
            }
            catch
            {
                // Both loggers fail. There is nobody left to tell, and the job still has nothing to do with it.
            }
        }
#pragma warning restore CA1031
    }
}
