using System.Diagnostics.CodeAnalysis;
using Naq.Events.Diagnostics;
using Naq.Events.Jobs;

namespace Naq.Events;

/// <content>What stops the work, and the timers.</content>
public sealed partial class JobScope
{
    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer and no link: a late deadline must not find it disposed.")]
    private readonly CancellationTokenSource? _stopping;

    private CancellationTokenRegistration _callerStops;
    private ITimer? _deadline;
    private ITimer? _heartbeats;
    private int _cause;

    // Without a limit there is only one who can stop the work.
    private StopCause Cause => _stopping is null && _caller.IsCancellationRequested
        ? StopCause.Cancelled
        : (StopCause)Volatile.Read(ref _cause);

    private void StartWatching()
    {
        if (_options is { HeartbeatInterval: { } interval, BeatsByHand: false })
            _heartbeats = _timeProvider.CreateTimer(static state => ((JobScope)state!).BeatOnTime(), this, interval, interval);

        if (_options.Timeout is not { } timeout)
            return;

        _callerStops = _caller.UnsafeRegister(static state => ((JobScope)state!).Stop(StopCause.Cancelled), this);
        _deadline = _timeProvider.CreateTimer(
            static state => ((JobScope)state!).StopAtDeadline(), this, timeout, Timeout.InfiniteTimeSpan);
    }

    private void StopTimers()
    {
        _heartbeats?.Dispose();
        _deadline?.Dispose();
    }

    private void StopWatching()
    {
        StopTimers();
        _ = _callerStops.Unregister();
    }

    // Who came first is why the work stopped.
    private void Stop(StopCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)StopCause.None) == (int)StopCause.None)
            _stopping!.Cancel();
    }

    private void StopAtDeadline()
    {
        try
        {
            Stop(StopCause.Deadline);
        }
#pragma warning disable CA1031 // What others do when the token is cancelled would otherwise end the process, from a timer's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            JobsLog.StopCallbackFailed(_log, exception, LogText.Of(JobId));
        }
    }
}
