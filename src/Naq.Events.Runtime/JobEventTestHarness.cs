using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.CompilerServices;
using Naq.Events.Harness;
using Naq.Events.Hosting;
using Naq.Events.Processing;

namespace Naq.Events;

/// <summary>
/// Tests handlers without a server, without waiting, and the same way each time: log events, run a durable processor over them, and look at what
/// was handled, tried again or given up. Time stands still until it is moved. For one test at a time, from one thread; it needs no test framework.
/// </summary>
public sealed class JobEventTestHarness : IAsyncDisposable
{
    private static readonly DateTimeOffset FirstTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HarnessClock _clock = new(FirstTime);
    private readonly JobEventProcessorOptions _options = new() { Name = "test" };
    private readonly List<IJobEventDispatcher> _dispatchers = [];
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly InMemoryJobEventStore _store;
    private readonly JobEventLogger _logger;
    private HarnessRun? _run;

    /// <summary>Makes a harness with an empty store.</summary>
    /// <param name="configure">Sets the processor's options; it is durable, named <c>test</c>, and begins with the first event.</param>
    /// <param name="options">Who logs, and how; the defaults when <see langword="null"/>.</param>
    /// <param name="services">What handlers take from services; none when <see langword="null"/>.</param>
    /// <param name="loggerFactory">Where the processor logs to.</param>
    /// <exception cref="ArgumentException">An option is not valid, or the processor has no name.</exception>
    public JobEventTestHarness(
        Action<JobEventProcessorOptions>? configure = null,
        NaqEventsOptions? options = null,
        IServiceProvider? services = null,
        ILoggerFactory? loggerFactory = null)
    {
        configure?.Invoke(_options);
        _ = OptionsCheck.Valid(_options);
        if (_options.Name is null)
        {
            throw new ArgumentException(
                "The harness runs a durable processor, which needs a name: a live one tries each event once and keeps nothing. Leave Name as it is.",
                nameof(configure));
        }

        options ??= new NaqEventsOptions();
        _services = services ?? EmptyServices.Instance;
        _log = (ILogger?)loggerFactory?.CreateLogger<JobEventProcessor>() ?? NullLogger.Instance;
        _store = new InMemoryJobEventStore(options, timeProvider: _clock);
        _logger = new JobEventLogger(_store, options, loggerFactory, _clock);
    }

    /// <summary>Logs events, as the application does. What it logs is stored when the harness runs, or at a flush.</summary>
    public IJobEventLogger Logger => _logger;

    /// <summary>Where events are; the application's own queries can be tested on it too.</summary>
    public IJobEventStore Store => _store;

    /// <summary>The clock, for code under test. It begins with 2026-01-01T00:00:00Z, and moves with <see cref="Advance"/> only.</summary>
    public TimeProvider TimeProvider => _clock;

    /// <summary>
    /// How long a handler may take by the clock on the wall; 1 second by default. After that the harness takes it to be waiting for time, and moves its clock
    /// on for it, timer by timer: so a handler that hangs is cancelled by its time limit, as it would be, but at once.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Every try, in the order they were made.</summary>
    public IReadOnlyList<JobEventTestDelivery> Deliveries => _run?.Deliveries ?? [];

    /// <summary>The events that every handler is done with, in the order they were done.</summary>
    public IReadOnlyList<JobEvent> Handled => EventsOf(JobEventTestOutcome.Handled);

    /// <summary>The events that were tried again, once for each time.</summary>
    public IReadOnlyList<JobEvent> Retried => EventsOf(JobEventTestOutcome.Retried);

    /// <summary>The events that were given up; <see cref="DeadLetters"/> has them as an operator sees them.</summary>
    public IReadOnlyList<JobEvent> DeadLettered => EventsOf(JobEventTestOutcome.DeadLettered);

    /// <summary>What was given up, to be listed, replayed or discarded. A replay is handled when the harness runs again.</summary>
    public JobEventDeadLetters DeadLetters => new(_store, _options.Name!);

    /// <summary>Adds the handlers of an object.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <param name="handlers">The object.</param>
    /// <exception cref="InvalidOperationException">The harness has run.</exception>
    public void AddHandlers<THandlers>(THandlers handlers)
        where THandlers : class, IJobEventHandlers<THandlers>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        Add(new JobEventDispatcher<THandlers>(handlers));
    }

    /// <summary>Adds a handler class that comes from the services, as one object for all events.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <exception cref="InvalidOperationException">The harness has run.</exception>
    public void AddHandlers<THandlers>()
        where THandlers : class, IJobEventHandlers<THandlers> => Add(new JobEventDispatcher<THandlers>(scoped: false));

    /// <summary>Adds a handler class that comes from the services, from a scope of each event's own.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <exception cref="InvalidOperationException">The harness has run.</exception>
    public void AddScopedHandlers<THandlers>()
        where THandlers : class, IJobEventHandlers<THandlers> => Add(new JobEventDispatcher<THandlers>(scoped: true));

    /// <summary>Handles everything that is due now, in the order of the store, one event at a time; also what handlers log meanwhile.</summary>
    /// <param name="cancellationToken">Ends it between two events.</param>
    /// <exception cref="InvalidOperationException">There are no handlers.</exception>
    /// <exception cref="TimeoutException">A handler does not end, and waits for nothing that the clock could bring.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_dispatchers.Count == 0)
            throw new InvalidOperationException("The harness has no handlers, so nothing would be handled. Call AddHandlers first.");

        _run ??= new HarnessRun(_store, _options, _dispatchers, _services, _log, _clock);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = await _logger.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await _run.TryHandleNextAsync(Patience).ConfigureAwait(false));
    }

    /// <summary>
    /// Runs, and moves time on to each next try, until nothing waits any more: every event is handled or given up.
    /// </summary>
    /// <param name="cancellationToken">Ends it between two events.</param>
    /// <exception cref="InvalidOperationException">There are no handlers.</exception>
    /// <exception cref="TimeoutException">A handler does not end, and waits for nothing that the clock could bring.</exception>
    public async Task RunToEndAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync(cancellationToken).ConfigureAwait(false);
        while (_run!.NextDueAt is { } due)
        {
            Advance(due - _clock.GetUtcNow());
            await RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Moves time on. What is due then is handled by the next run.</summary>
    /// <param name="time">By how much.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _clock.Advance(time);
    }

    /// <summary>Ends the logger and the store.</summary>
    public async ValueTask DisposeAsync()
    {
        _run?.Dispose();
        await _logger.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private void Add(IJobEventDispatcher dispatcher)
    {
        if (_run is not null)
            throw new InvalidOperationException("The harness has run. Add handlers before it does.");

        _dispatchers.Add(dispatcher);
    }

    private JobEvent[] EventsOf(JobEventTestOutcome outcome) =>
        [.. Deliveries.Where(delivery => delivery.Outcome == outcome).Select(static delivery => delivery.Event)];
}
