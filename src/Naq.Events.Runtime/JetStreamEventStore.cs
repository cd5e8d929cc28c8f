using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Diagnostics;
using Naq.Events.Hosting;
using Naq.Events.JetStream;
using Naq.Events.JetStream.Publishing;
using Naq.Events.JetStream.ServiceStreams;
using Naq.Events.Logging;
using Naq.Events.Storage;
using NATS.Client.Core;

namespace Naq.Events;

/// <summary>
/// Keeps events in a stream of NATS JetStream, server 2.10 or newer. Safe for use from any thread. It connects, and creates or
/// updates the stream, on first use; see <see cref="InitializeAsync"/>.
/// </summary>
public sealed partial class JetStreamEventStore : IJobEventStore, IPublishingStore, IInitializingStore, IDisposable
{
    private static readonly TimeSpan FirstReadRetry = TimeSpan.FromMilliseconds(250);

    private readonly JetStreamOptions _givenOptions;
    private readonly JetStreamOptions _options;
    private readonly JobEventSubjects _subjects;
    private readonly TimeProvider _timeProvider;
    private readonly ILoggerFactory? _loggerFactory;
    private readonly ILogger _logger;
    private readonly JetStreamConnection _connection;
    private readonly EventAppender _appender;
    private readonly LiveStarts _liveStarts = new();
    private readonly RecentLosses _losses;
    private readonly Retry _readRetry;
    private readonly SemaphoreSlim _settingUp = new(1);
    private readonly CancellationTokenSource _disposed = new();
    private volatile JetStreamSession? _session;

    /// <summary>Makes a store with a connection of its own.</summary>
    /// <param name="options">Who logs, and under which subjects.</param>
    /// <param name="jetStream">The server and the stream.</param>
    /// <param name="loggerFactory">Where the store and its connection log; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JetStreamEventStore(
        NaqEventsOptions options, JetStreamOptions jetStream, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
        : this(
            options,
            jetStream,
            time => new JetStreamConnection(jetStream, options.Service, loggerFactory, time),
            loggerFactory,
            timeProvider)
    {
    }

    /// <summary>
    /// Makes a store that reads over the application's connection, which it never closes. Each publisher opens a connection of its
    /// own with the same options, since the order of events over a reconnect could not be kept otherwise.
    /// </summary>
    /// <param name="connection">The connection; it may be opened already or not.</param>
    /// <param name="options">Who logs, and under which subjects.</param>
    /// <param name="jetStream">The stream; <see cref="JetStreamOptions.Url"/> is not used.</param>
    /// <param name="loggerFactory">Where the store logs; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JetStreamEventStore(
        INatsConnection connection,
        NaqEventsOptions options,
        JetStreamOptions jetStream,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
        : this(
            options, jetStream, time => new JetStreamConnection(NotNull(connection), jetStream, time), loggerFactory, timeProvider)
    {
    }

    private JetStreamEventStore(
        NaqEventsOptions options,
        JetStreamOptions jetStream,
        Func<TimeProvider, JetStreamConnection> connect,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider)
    {
        _givenOptions = OptionsCheck.Valid(jetStream);
        _options = jetStream.Of(OptionsCheck.Valid(options).Service);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _subjects = new JobEventSubjects(options.SubjectPrefix, options.Environment, options.Service, jetStream.StreamPerService);
        _connection = connect(_timeProvider);
        _loggerFactory = loggerFactory;
        _logger = loggerFactory?.CreateLogger<JetStreamEventStore>() ?? NullLogger<JetStreamEventStore>.Instance;
        _appender = new EventAppender(CreateAppendingPublisher, _subjects, jetStream.Timeout, _timeProvider);
        _readRetry = Backoff.WhileTransient(FirstReadRetry, _timeProvider, JetStreamFailure.IsTransient);
        _losses = new RecentLosses(_timeProvider);
        if (jetStream.StreamPerService)
        {
            _services = new ServiceStreamDirectory(
                jetStream.StreamName, _subjects.Prefix, this, (session, service) => new JetStreamEventStore(this, session, service));
        }
    }

    /// <summary>
    /// Connects, checks the server, and creates the stream or updates it to the options; each change is logged, old and new. Every
    /// operation does this first; when it fails, the next tries again.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobEventStoreException">The server or the stream cannot be used; the message says what to do.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default) =>
        _ = await SessionAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobEvents);
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        await _appender.AppendAsync(jobEvents, session.MaxEventBytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
            if (session.Connection.ConnectionState != NatsConnectionState.Open)
                return new JobEventStoreHealth(false, $"The connection to the NATS server at {_connection.Address} is down; it is being opened again.");

            var information = await session.Api.RequestAsync($"STREAM.INFO.{_options.StreamName}", null, cancellationToken).ConfigureAwait(false);
            return _losses.AddTo(JetStreamHealth.Of(information, _options.StreamName, _connection.Address));
        }
        catch (Exception exception) when (Explain(exception, $"The stream '{_options.StreamName}' cannot be asked") is { } failure)
        {
            return new JobEventStoreHealth(false, failure.Message);
        }
    }

    /// <summary>
    /// Ends what is under way. Streams and reads that are being enumerated throw; events that loggers have not published yet are
    /// the loggers' to report.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;

        await _disposed.CancelAsync().ConfigureAwait(false);
        if (_services is not null)
            await _services.DisposeAsync().ConfigureAwait(false);

        await _appender.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The blocking form of <see cref="DisposeAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Dispose() => Blocking.Wait(_ => DisposeAsync(), CancellationToken.None);

    async ValueTask<IJobEventPublisher> IPublishingStore.CreatePublisherAsync(
        JobEventLoggerOptions options, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        if (_options.PublishMode == PublishMode.AtomicBatch && !SendsBatches(session))
            JetStreamLog.BatchesNotSupported(_logger, _connection.Address);

        return CreatePublisher(options.RetryDelay, options.RetryAttempts, session.MaxEventBytes);
    }

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private JetStreamPublisher CreateAppendingPublisher() =>
        CreatePublisher(FirstReadRetry, retryAttempts: 0, _session?.MaxEventBytes ?? JobEventLimits.EventBytes);

    private JetStreamPublisher CreatePublisher(TimeSpan retryDelay, int retryAttempts, int maxEventBytes) => new(new PublisherSettings
    {
        Connection = _connection,
        LiveStarts = _liveStarts,
        EnsureStreamAsync = async token => await SetUpStreamAsync(await SessionAsync(token).ConfigureAwait(false), token).ConfigureAwait(false),
        Tags = JobEventMetrics.PublishTags(_options.StreamName),
        Logger = _logger,
        TimeProvider = _timeProvider,
        AckTimeout = _options.Timeout,
        RetryDelay = retryDelay,
        RetryAttempts = retryAttempts,
        MaxEventBytes = maxEventBytes,
        DuplicateWindow = _options.DuplicateWindow,
        FindStoredAsync = FindStoredAsync,
        SendIds = _options.Deduplicate,
        SendBatches = SendsBatches(_session),
        Ttls = SendsTtls(_session) ? MessageTtls.Of(_options.Retention) : null,
        OneBatchUnderWay = _options.Replicas > 1 && SendsBatches(_session),
    });

    private async ValueTask<IReadOnlySet<Guid>> FindStoredAsync(
        IReadOnlyList<BufferedEvent> events, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new StoredEvents(session.Consumers, _subjects.Prefix).FindAsync(events, since, cancellationToken).ConfigureAwait(false);
        }
        catch (NoAnswerException silence) when (!silence.NobodyListens)
        {
            // A server that answers for the stream keeps this request from it: a logger need not be permitted to read.
            _ = await session.Consumers.StateAsync(cancellationToken).ConfigureAwait(false);
            JetStreamLog.StoredNotFound(_logger, _options.StreamName, silence.Request, events.Count);
            return new HashSet<Guid>();
        }
    }

    private bool SendsBatches(JetStreamSession? session) =>
        session?.Version >= ServerVersion.AtomicBatch
        && (_options.PublishMode == PublishMode.AtomicBatch || (_options.PublishMode == PublishMode.Auto && _options.Replicas > 1));

    private bool SendsTtls(JetStreamSession? session) => _options.Retention.Count > 0 && session?.Version >= ServerVersion.MessageTtl;

    private JobEventStoreException? Explain(Exception exception, string purpose) =>
        JetStreamFailure.OfRequest(exception, _connection.Address, purpose);
}
