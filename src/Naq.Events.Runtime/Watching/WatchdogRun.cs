using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;

namespace Naq.Events.Watching;

/// <summary>
/// One run of a watchdog, from start to stop. Every watchdog follows the beats, so that it can take over at once; only the holder of the
/// lease says that a job has stalled, and it looks at the job's whole history first.
/// </summary>
internal sealed class WatchdogRun : IAsyncDisposable
{
    private const string Role = "watchdog";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(2);

    private readonly IJobEventStore _store;
    private readonly JobWatchdogOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly WatchedJobs _jobs;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _run;
    private ILease? _lease;
    private long _lastCheck;
    private volatile bool _isActive;

    public WatchdogRun(IJobEventStore store, JobWatchdogOptions options, ILogger log, TimeProvider timeProvider)
    {
        _store = store;
        _options = options;
        _log = log;
        _timeProvider = timeProvider;
        _jobs = new WatchedJobs(options.MissedHeartbeats, options.ShortestSilence, timeProvider);
        _lastCheck = timeProvider.GetTimestamp();
        _run = Task.WhenAll(Task.Run(FollowAsync), Task.Run(CheckAsync));
    }

    public JobWatchdogStatus Status => new(_isActive, _jobs.IsCaughtUp, _jobs.Count, _timeProvider.GetElapsedTime(Volatile.Read(ref _lastCheck)));

    /// <summary>Stops; another watchdog may take over at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        var retry = Backoff.Forever(FirstRetry, _timeProvider, (exception, delay) =>
            WatchdogLog.Interrupted(_log, exception.Message, delay.TotalSeconds));
        try
        {
            while (true)
                await retry.ExecuteAsync(FollowOnceAsync, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask FollowOnceAsync(CancellationToken cancellationToken)
    {
        var filter = JobEventFilter.ForNames(WatchedJobs.EventNames);
        try
        {
            var options = new JobEventSubscriptionOptions { Start = JobEventStart.Beginning };
            await foreach (var message in _store.SubscribeAsync(filter, options, cancellationToken).ConfigureAwait(false))
                Take(message);

            throw new JobEventStoreException("The store ended the stream.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The stream may be another one by now: what is known is read again.
            _jobs.Clear();
            throw;
        }
    }

    private void Take(JobEventSubscriptionMessage message)
    {
        switch (message)
        {
            case JobEventReceived received:
                _jobs.Hear(received.Event);
                break;
            case JobEventsCaughtUp:
                _jobs.CatchUp();
                break;
            case JobEventsFellBehind:
                _jobs.FallBehind();
                break;
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_options.CheckInterval, _timeProvider);
            do
                await CheckOnceAsync(_stopping.Token).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask CheckOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            _lease ??= _store is ILeasingStore leasing
                ? await leasing.OpenLeaseAsync(Role, _options.TakeOverAfter, cancellationToken).ConfigureAwait(false)
                : new HeldAlone();
            Note(await _lease.KeepAsync(cancellationToken).ConfigureAwait(false));
            var keptAt = _timeProvider.GetTimestamp();

            // A process that was stopped for a while, or that the server left without an answer, did not hear what it could have heard.
            if (_timeProvider.GetElapsedTime(_lastCheck, keptAt) > _options.CheckInterval * 3)
                _jobs.ListenAnew();

            foreach (var job in _isActive ? _jobs.Silent() : [])
            {
                // Long before another may take over.
                if (_timeProvider.GetElapsedTime(keptAt) > _options.TakeOverAfter / 2)
                    break;

                await ReportAsync(job, cancellationToken).ConfigureAwait(false);
            }

            Volatile.Write(ref _lastCheck, _timeProvider.GetTimestamp());
        }
#pragma warning disable CA1031 // Whatever is wrong with the store, the next check is another try.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // While the server cannot be asked, beats cannot be heard either.
            _jobs.ListenAnew();
            WatchdogLog.CheckFailed(_log, exception.Message);
        }
    }

    private void Note(bool isActive)
    {
        if (isActive == _isActive)
            return;

        _isActive = isActive;
        if (isActive)
            WatchdogLog.Activated(_log, _jobs.Count);
        else
            WatchdogLog.StandsBy(_log);
    }

    private async ValueTask ReportAsync(WatchedJob job, CancellationToken cancellationToken)
    {
        var run = await StalledRun.ReadAsync(_store, job.JobId, cancellationToken).ConfigureAwait(false);
        if (run.LastBeat is { } beat)
        {
            // What is stored and was not heard yet will be.
            if (beat.Sequence > job.Sequence)
                return;

            await _store.AppendAsync([run.ToEvent(_timeProvider.GetUtcNow())], cancellationToken).ConfigureAwait(false);
            JobEventMetrics.Stalled.Add(1);
            WatchdogLog.JobStalled(_log, LogText.Of(job.JobId), beat.Attempt ?? 0, LogText.Of(beat.WorkerId ?? ""), beat.Timestamp);
        }

        _jobs.Forget(job);
    }

    private async ValueTask ReleaseAsync()
    {
        if (_lease is null || !_isActive)
            return;

        try
        {
            using var deadline = new CancellationTokenSource(ReleaseTime, _timeProvider);
            await _lease.ReleaseAsync(deadline.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Another takes over a little later then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WatchdogLog.CheckFailed(_log, exception.Message);
        }
    }
}
