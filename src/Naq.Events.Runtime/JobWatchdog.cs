using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Hosting;
using Naq.Events.Watching;

namespace Naq.Events;

/// <summary>
/// Logs one <c>stalled</c> event when the heartbeats of a job that runs stop: with its worker, attempt and last heartbeat. A run without
/// heartbeats is left alone, however long it takes. It watches the jobs of the store's service; any number of processes may run one, of
/// which one is active.
/// </summary>
public sealed class JobWatchdog : IAsyncDisposable, IDisposable
{
    private readonly IJobEventStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _state = new(1, 1);
    private volatile WatchdogRun? _run;

    /// <summary>Makes a watchdog; it watches nothing before it is started.</summary>
    /// <param name="store">Where the events are, and where <c>stalled</c> is stored. It is not disposed with the watchdog.</param>
    /// <param name="options">When a job has stalled; the defaults when <see langword="null"/>.</param>
    /// <param name="loggerFactory">Where the watchdog logs to.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JobWatchdog(
        IJobEventStore store, JobWatchdogOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        Options = OptionsCheck.Valid(options ?? new JobWatchdogOptions());
        if (Options.TakeOverAfter < Options.CheckInterval * 3)
        {
            throw new ArgumentException(
                $"TakeOverAfter, {Options.TakeOverAfter}, is less than three times CheckInterval, {Options.CheckInterval}: the active watchdog would "
                + "be taken for dead between two looks. Raise TakeOverAfter or lower CheckInterval.",
                nameof(options));
        }

        _log = (ILogger?)loggerFactory?.CreateLogger<JobWatchdog>() ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How it is; <see langword="null"/> while it is stopped. It asks nobody.</summary>
    public JobWatchdogStatus? Status => _run?.Status;

    internal JobWatchdogOptions Options { get; }

    /// <summary>Begins to watch, or to stand by. A store that cannot be reached is asked again until it can.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    public async ValueTask StartAsync(CancellationToken cancellationToken = default)
    {
        await _state.WaitAsync(cancellationToken).ConfigureAwait(false);
        _run ??= new WatchdogRun(_store, Options, _log, _timeProvider);
        _ = _state.Release();
    }

    /// <summary>The blocking form of <see cref="StartAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Start() => Blocking.Wait(StartAsync, CancellationToken.None);

    /// <summary>Stops; another watchdog may take over at once. It may be started again.</summary>
    /// <param name="cancellationToken">Ends the wait; the watchdog stops all the same.</param>
    public async ValueTask StopAsync(CancellationToken cancellationToken = default)
    {
        await _state.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_run is { } run)
                await run.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _run = null;
            _ = _state.Release();
        }
    }

    /// <summary>The blocking form of <see cref="StopAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Stop() => Blocking.Wait(StopAsync, CancellationToken.None);

    /// <summary>Stops the watchdog.</summary>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>The blocking form of <see cref="DisposeAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Dispose() => Stop();
}
