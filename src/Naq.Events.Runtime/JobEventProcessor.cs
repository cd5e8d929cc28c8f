using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.CompilerServices;
using Naq.Events.Hosting;
using Naq.Events.Processing;
using Naq.Events.Storage;
using Naq.Events.Watching;

namespace Naq.Events;

/// <summary>
/// Gives stored events to handlers. The events of one job are handled in order, those of different jobs at the same time. A
/// durable processor acknowledges what is handled and gets what failed again; a live one handles what is stored while it runs.
/// </summary>
public sealed class JobEventProcessor : IAsyncDisposable, IDisposable
{
    private readonly IJobEventStore _store;
    private readonly JobEventProcessorOptions _options;
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly List<IJobEventDispatcher> _dispatchers = [];
    private readonly SemaphoreSlim _state = new(1, 1);
    private volatile IProcessorRun? _run;

    /// <summary>Makes a processor; it handles nothing before it is started.</summary>
    /// <param name="store">Where events come from. It is not disposed with the processor.</param>
    /// <param name="options">How events are handled; the defaults when <see langword="null"/>.</param>
    /// <param name="services">Where handler classes come from; needed for <see cref="AddHandlers{THandlers}()"/>.</param>
    /// <param name="loggerFactory">Where the processor logs to.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JobEventProcessor(
        IJobEventStore store,
        JobEventProcessorOptions? options = null,
        IServiceProvider? services = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _options = OptionsCheck.Valid(options ?? new JobEventProcessorOptions());
        if (_options.Name is not null && store is not IDeliveringStore)
        {
            throw new ArgumentException(
                $"The store {store.GetType().Name} has no durable delivery: leave Name empty for a live processor, or use "
                + "InMemoryJobEventStore or JetStreamEventStore.",
                nameof(options));
        }

        if (_options is { Name: { } name, Service: { } service } && store is ISpanningStore spanning && spanning.Spans(new JobEventFilter { Service = service }))
        {
            throw new ArgumentException(
                $"The processor '{name}' cannot be durable for all services: each has a stream of its own (JetStreamOptions.StreamPerService), and a durable name "
                + "is a place in one stream. Run a processor in each service, or leave Name empty for a live one.",
                nameof(options));
        }

        if (_options is { Ordering: JobEventOrdering.PerJobAcrossInstances, Name: null })
        {
            throw new ArgumentException(
                "Ordering is PerJobAcrossInstances, and the processor has no Name: a live processor is of one process. Set Name, or leave Ordering at PerJob.",
                nameof(options));
        }

        _services = services ?? EmptyServices.Instance;
        _log = (ILogger?)loggerFactory?.CreateLogger<JobEventProcessor>() ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>What this processor gave up; <see langword="null"/> for a live processor, which keeps no dead letters.</summary>
    public JobEventDeadLetters? DeadLetters => _options.Name is { } name && _store is IDeadLetterStore
        ? new JobEventDeadLetters(_store, name)
        : null;

    /// <summary>How far it is behind; <see langword="null"/> while it is stopped. It asks nobody.</summary>
    public JobEventProcessorLag? Lag => _run?.Lag;

    /// <summary>
    /// Whether it is started and handles events. A processor with <see cref="JobEventOrdering.PerJobAcrossInstances"/> does so in one process at a time,
    /// and stands by in the others.
    /// </summary>
    public bool IsActive => _run?.IsActive == true;

    internal JobEventProcessorOptions Options => _options;

    /// <summary>Adds a handler class that comes from the services, as one object for all events.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <exception cref="InvalidOperationException">The processor was started.</exception>
    public void AddHandlers<THandlers>()
        where THandlers : class, IJobEventHandlers<THandlers> => Add(new JobEventDispatcher<THandlers>(scoped: false));

    /// <summary>Adds a handler class that comes from the services, from a scope of each event's own.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <exception cref="InvalidOperationException">The processor was started.</exception>
    public void AddScopedHandlers<THandlers>()
        where THandlers : class, IJobEventHandlers<THandlers> => Add(new JobEventDispatcher<THandlers>(scoped: true));

    /// <summary>Adds the handlers of an object.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <param name="handlers">The object.</param>
    /// <exception cref="InvalidOperationException">The processor was started.</exception>
    public void AddHandlers<THandlers>(THandlers handlers)
        where THandlers : class, IJobEventHandlers<THandlers>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        Add(new JobEventDispatcher<THandlers>(handlers));
    }

    /// <summary>
    /// Starts handling. Events stored after this call returned are seen, by a live processor too, and by one whose durable name begins with
    /// <see cref="JobEventStart.New"/>: these two ask the store where it stands; any other starts without the store too, and waits for it.
    /// </summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">
    /// It has no handlers: a durable processor would acknowledge every event unhandled; or its handler classes want different orders.
    /// </exception>
    /// <exception cref="JobEventStoreException">The store cannot be asked.</exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken = default)
    {
        await _state.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_run is not null)
                return;

            ThrowIfNoHandlers();
            _ = LaneOrder.Of(_options, _dispatchers);

            // Made a sequence here: the durable consumer is made later, and what was stored by then would be missed for ever.
            var isNew = _options.Name is null || _options.Start == JobEventStart.New;
            var start = isNew ? await NextSequenceAsync(cancellationToken).ConfigureAwait(false) : _options.Start;
            _run = (_options.Ordering, _options.Shares, _store) switch
            {
                (JobEventOrdering.PerJobAcrossInstances, > 1, ISharingStore sharing) => new SharedRun(
                    sharing,
                    _options.Name!,
                    _options.Shares,
                    _options.AckWait,
                    (share, isWanted) => BeginExclusive(start, share, isWanted),
                    _log,
                    _timeProvider),
                (JobEventOrdering.PerJobAcrossInstances, _, _) => BeginExclusive(start, share: null, static () => true),
                _ => Begin(start, fence: null, share: null),
            };
            ProcessingLog.Started(_log, _options.Name ?? "(live)", _options.MaxConcurrentHandlers);
        }
        finally
        {
            _ = _state.Release();
        }
    }

    /// <summary>The blocking form of <see cref="StartAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Start() => Blocking.Wait(StartAsync, CancellationToken.None);

    /// <summary>
    /// Takes no more events, waits up to <see cref="JobEventProcessorOptions.StopTimeout"/> for running handlers, then cancels
    /// them. A durable processor's events that were not handled are given back. It may be started again.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for running handlers.</param>
    public async ValueTask StopAsync(CancellationToken cancellationToken = default)
    {
        await _state.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_run is not null)
                await _run.StopAsync(cancellationToken).ConfigureAwait(false);

            _run = null;
        }
        finally
        {
            _ = _state.Release();
        }
    }

    /// <summary>The blocking form of <see cref="StopAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Stop() => Blocking.Wait(StopAsync, CancellationToken.None);

    /// <summary>
    /// Has a durable processor go on somewhere else, whether it runs or not, here and in every other process of its name: with a later
    /// event, to leave a backlog on purpose, or with an earlier one, to handle events again. What waits for another delivery is left
    /// too; the events that a process has in hand are still handled. Dead letters stay.
    /// </summary>
    /// <param name="start">Where to go on: <see cref="JobEventStart.New"/>, a sequence, a time, or a cursor.</param>
    /// <param name="cancellationToken">Ends the wait; once the old position is removed, the new one is set all the same.</param>
    /// <exception cref="InvalidOperationException">The processor is a live one, which has no position.</exception>
    /// <exception cref="ArgumentException">The cursor is of another stream.</exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached, or refuses; the message says whether the position is still set.</exception>
    public ValueTask SkipToAsync(JobEventStart start, CancellationToken cancellationToken = default)
    {
        if (_options.Name is not { } name)
            throw new InvalidOperationException("A live processor has no position to move: give it a name, JobEventProcessorOptions.Name.");

        return ((IDeliveringStore)_store).SkipToAsync(DeliveryRequest.Of(name, _options, _dispatchers, start), cancellationToken);
    }

    /// <summary>The blocking form of <see cref="SkipToAsync"/>.</summary>
    /// <param name="start">Where to go on.</param>
    public void SkipTo(JobEventStart start) => Blocking.Wait(token => SkipToAsync(start, token), CancellationToken.None);

    /// <summary>
    /// Gives history to the handlers once more: what a query reads, as it is stored when the replay begins, in order for each job. A
    /// durable processor tries what fails again, as its options say; its position and its dead letters are left alone, and what is given
    /// up is logged. The processor may run meanwhile: then a handler may have two events of one job at once.
    /// </summary>
    /// <param name="filter">Which events; all that the handlers are for when <see langword="null"/>.</param>
    /// <param name="after">Where an earlier read was; the oldest event when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it; running handlers are cancelled.</param>
    /// <exception cref="ArgumentException">No handler is for an event of the filter, or the cursor is of another stream.</exception>
    /// <exception cref="InvalidOperationException">The processor has no handlers, or they want different orders.</exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached. Part of the history may have been handled.</exception>
    public async ValueTask<JobEventReplayResult> ReplayAsync(
        JobEventFilter? filter = null, JobEventCursor? after = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNoHandlers();
        var history = DeliveryRequest.HistoryOf(filter ?? JobEventFilter.All, _dispatchers, _options.Service);
        var events = _store.QueryAsync(history, new JobEventQueryOptions { After = after }, cancellationToken);
        using var run = new HistoryRun(_options, [.. _dispatchers], _services, _log, _timeProvider, cancellationToken);
        return await run.RunAsync(events).ConfigureAwait(false);
    }

    /// <summary>The blocking form of <see cref="ReplayAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="filter">Which events; all that the handlers are for when <see langword="null"/>.</param>
    /// <param name="after">Where an earlier read was; the oldest event when <see langword="null"/>.</param>
    public JobEventReplayResult Replay(JobEventFilter? filter = null, JobEventCursor? after = null) =>
        Blocking.Wait(token => ReplayAsync(filter, after, token), CancellationToken.None);

    /// <summary>Stops the processor.</summary>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>The blocking form of <see cref="DisposeAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Dispose() => Stop();

    /// <summary>What is wrong, when the processor runs and does not get on; else <see langword="null"/>.</summary>
    internal string? Stall() => _run?.Stall();

    /// <summary>Waits until what is stored now is in the hands of the processor, but no longer than a stop would.</summary>
    internal ValueTask CatchUpAsync(CancellationToken cancellationToken) => CatchUpAsync(beginAll: false, cancellationToken);

    /// <summary>Waits until handlers have begun with what is stored now, but no longer than a stop would: what they have not begun with a stop gives back.</summary>
    internal ValueTask BeginAllAsync(CancellationToken cancellationToken) => CatchUpAsync(beginAll: true, cancellationToken);

    internal void Add(IJobEventDispatcher dispatcher)
    {
        if (_run is not null)
            throw new InvalidOperationException("The processor runs. Add handlers before it is started.");

        _dispatchers.Add(dispatcher);
    }

    private async ValueTask CatchUpAsync(bool beginAll, CancellationToken cancellationToken)
    {
        if (_run is not { } run)
            return;

        using var timeout = new CancellationTokenSource(_options.StopTimeout, _timeProvider);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var health = await _store.CheckHealthAsync(deadline.Token).ConfigureAwait(false);
            if (!health.IsHealthy)
                return;

            await run.CatchUpAsync(health.LastSequence, deadline.Token).ConfigureAwait(false);
            if (beginAll)
                await run.BeginAllAsync(health.LastSequence, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The stop comes all the same; it says what it leaves.
        }
    }

    private ExclusiveRun BeginExclusive(JobEventStart start, JobShare? share, Func<bool> isWanted) => new(
        _store as ILeasingStore,
        share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{_options.Name}.{part.Count}.{part.Index}") : _options.Name!,
        _options.AckWait,
        fence => Begin(start, fence, share),
        isWanted,
        _log,
        _timeProvider);

    private ProcessorRun Begin(JobEventStart start, Fence? fence, JobShare? share) =>
        new(_store, _options, _dispatchers, start, _services, _log, _timeProvider, fence, share);

    private void ThrowIfNoHandlers()
    {
        if (_dispatchers.Count == 0)
            throw new InvalidOperationException("The processor has no handlers, so nothing would be handled. Call AddHandlers first.");
    }

    private async ValueTask<JobEventStart> NextSequenceAsync(CancellationToken cancellationToken)
    {
        var health = await _store.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        return health.IsHealthy
            ? JobEventStart.At(health.LastSequence + 1)
            : throw new JobEventStoreException($"The processor cannot start: {health.Description}");
    }
}
