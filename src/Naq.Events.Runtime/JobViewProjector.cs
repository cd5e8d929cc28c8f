using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Hosting;
using Naq.Events.JetStream.JobViews;

namespace Naq.Events;

/// <summary>
/// Keeps a view of all jobs of a stream in the KV bucket <c>{StreamName}_jobs</c>, so that
/// <see cref="JobEventStoreJobExtensions.ListJobsAsync"/> need not read every event. What it lists is the same. Any number of processes may
/// run one: one of them keeps the view, the others stand by.
/// </summary>
public sealed class JobViewProjector : IAsyncDisposable, IDisposable
{
    private readonly JetStreamEventStore _store;
    private readonly JobViewProjectorOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _state = new(1, 1);
    private JobViewRun? _run;

    /// <summary>Makes a projector; it does nothing before it is started.</summary>
    /// <param name="store">The store whose stream it is of. It is not disposed with the projector.</param>
    /// <param name="options">How the view is kept; the defaults when <see langword="null"/>.</param>
    /// <param name="loggerFactory">Where the projector logs to.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JobViewProjector(
        JetStreamEventStore store, JobViewProjectorOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _options = OptionsCheck.Valid(options ?? new JobViewProjectorOptions());
        _log = (ILogger?)loggerFactory?.CreateLogger<JobViewProjector>() ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Makes the bucket when it is not there, and begins to keep the view, or to stand by.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="JobEventStoreException">
    /// The store cannot be reached; or events of the stream have times to live of their own (<see cref="JetStreamOptions.Retention"/>), to which no
    /// view can be kept up.
    /// </exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken = default)
    {
        await _state.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_run is not null)
                return;

            await _store.EnsureJobViewAsync(cancellationToken).ConfigureAwait(false);
            _run = new JobViewRun(_store, _options.TakeOverAfter, _log, _timeProvider);
        }
        finally
        {
            _ = _state.Release();
        }
    }

    /// <summary>The blocking form of <see cref="StartAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Start() => Blocking.Wait(StartAsync, CancellationToken.None);

    /// <summary>Stops; another projector may take over at once. The view stays, and is used while it is not too far behind.</summary>
    /// <param name="cancellationToken">Ends the wait; the projector stops all the same.</param>
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

    /// <summary>Says how the view is, whoever keeps it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobEventStoreException">The store cannot be reached.</exception>
    public ValueTask<JobViewStatus> GetStatusAsync(CancellationToken cancellationToken = default) => _store.JobViewStatusAsync(cancellationToken);

    /// <summary>
    /// Has the view built again from the first event on, by whichever projector keeps it. It is needed after events were removed with other tools
    /// than <see cref="IJobEventStore"/>, or by a store with <see cref="JetStreamOptions.UseJobView"/> off; until it is done, lists are folded from the events.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobEventStoreException">The store cannot be reached.</exception>
    public ValueTask RebuildAsync(CancellationToken cancellationToken = default) => _store.ResetJobViewAsync(cancellationToken);

    /// <summary>Stops the projector.</summary>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>The blocking form of <see cref="DisposeAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Dispose() => Stop();
}
