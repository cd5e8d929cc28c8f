using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.JetStream.Publishing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>The connection that a store reads over: its own, or the application's, which it never closes.</summary>
internal sealed class JetStreamConnection : IAsyncDisposable
{
    // Above the publishers' window and the readers' batches: a subscription's channel drops what it has no room for.
    private const int SubscriptionCapacity = 65_536;

    private static readonly TimeSpan FirstReconnectWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestReconnectWait = TimeSpan.FromSeconds(5);

    // A frozen server keeps its sockets open; unanswered pings are how it is told from an idle one.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);

    private readonly NatsOpts _natsOptions;
    private readonly INatsConnection? _existing;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private INatsConnection? _open;

    /// <summary>A connection of the store's own.</summary>
    public JetStreamConnection(JetStreamOptions options, string service, ILoggerFactory? loggerFactory, TimeProvider timeProvider)
        : this(OptionsOf(options, service, loggerFactory), options, timeProvider)
    {
    }

    /// <summary>The application's connection.</summary>
    public JetStreamConnection(INatsConnection existing, JetStreamOptions options, TimeProvider timeProvider)
        : this(existing.Opts, options, timeProvider) => _existing = existing;

    private JetStreamConnection(NatsOpts natsOptions, JetStreamOptions options, TimeProvider timeProvider)
    {
        _natsOptions = natsOptions;
        _timeout = options.Timeout;
        _timeProvider = timeProvider;
    }

    /// <summary>The addresses, without user or password.</summary>
    public string Address => ServerAddress.Shown(_natsOptions.Url);

    /// <summary>Opens the connection, the first time.</summary>
    /// <exception cref="JobEventStoreException">There is no server, or it refuses.</exception>
    public async ValueTask<INatsConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_open is { } open)
            return open;

        var connection = _existing ?? Create(_natsOptions);
        try
        {
            await connection.ConnectAsync().AsTask().WaitAsync(_timeout, _timeProvider, cancellationToken).ConfigureAwait(false);
            return _open = connection;
        }
        catch (Exception exception)
        {
            if (_existing is null)
                await connection.DisposeAsync().ConfigureAwait(false);

            throw exception is OperationCanceledException && cancellationToken.IsCancellationRequested
                ? exception
                : JetStreamFailure.OfConnecting(exception, Address);
        }
    }

    /// <summary>
    /// A connection of a publisher's own, not yet open. It has the application's options and hooks, and opens once: see
    /// <see cref="PublishLink"/>.
    /// </summary>
    public NatsConnection CreateForPublisher(
        Func<ValueTask> beforeConnecting, Func<INatsSocketConnection, INatsSocketConnection> overSocket)
    {
        var (hook, socketHook) = (_existing?.OnConnectingAsync, _existing?.OnSocketAvailableAsync);
        return new NatsConnection(_natsOptions with
        {
            Name = $"{_natsOptions.Name} publisher",
            DrainSubscriptionsOnDispose = false,
            RetryOnInitialConnect = false,
            ConnectTimeout = _timeout,
            CommandTimeout = _timeout,
        })
        {
            OnSocketAvailableAsync = async socket =>
                overSocket(socketHook is null ? socket : await socketHook(socket).ConfigureAwait(false)),
            OnConnectingAsync = async target =>
            {
                await beforeConnecting().ConfigureAwait(false);
                return hook is null ? target : await hook(target).ConfigureAwait(false);
            },
        };
    }

    public ValueTask DisposeAsync() => _existing is null && _open is { } open ? open.DisposeAsync() : ValueTask.CompletedTask;

    private static NatsOpts OptionsOf(JetStreamOptions options, string service, ILoggerFactory? loggerFactory) => new()
    {
        Url = options.Url,
        Name = $"naq-events {service}",
        LoggerFactory = loggerFactory ?? NullLoggerFactory.Instance,
        ConnectTimeout = options.Timeout,
        RequestTimeout = options.Timeout,
        CommandTimeout = options.Timeout,
        PingInterval = PingInterval,
        MaxReconnectRetry = -1,
        ReconnectWaitMin = FirstReconnectWait,
        ReconnectWaitMax = LongestReconnectWait,

        // While a cluster or an authorization service restarts, refusals come twice in a row without meaning it.
        IgnoreAuthErrorAbort = true,
        SubPendingChannelCapacity = SubscriptionCapacity,

        // Otherwise acknowledgements that are queued when the store is disposed are lost.
        DrainSubscriptionsOnDispose = true,
    };

    private NatsConnection Create(NatsOpts options)
    {
        try
        {
            return new NatsConnection(options);
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException)
        {
            throw JetStreamFailure.OfConnecting(exception, Address);
        }
    }
}
