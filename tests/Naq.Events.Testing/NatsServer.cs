namespace Naq.Events.Testing;

/// <summary>
/// A nats-server of a test's own, on a free loopback port with a temporary store (Linux and macOS). It never outlives the
/// test's process, not even one that is killed: see guard.sh.
/// </summary>
public sealed partial class NatsServer : IAsyncDisposable
{
    private const int PortAttempts = 20;

    // Below the range that systems give to outgoing connections: a client that keeps reconnecting to a killed server's port
    // could otherwise be given that very port, be connected to itself, and keep the server from coming back.
    private const int LowestPort = 10_240;
    private const int HighestPort = 32_000;

    // The shortest that a server takes: by default it waits ten seconds before it closes the first connection.
    private const string LameDuck = "lame_duck_grace_period: \"500ms\", lame_duck_duration: \"30s\"";

    private readonly string _name = $"naq-{Guid.NewGuid():N}";
    private readonly string _directory = Directory.CreateTempSubdirectory("naq-nats-").FullName;
    private readonly string _binary;
    private readonly bool _greets;
    private readonly TimeSpan _readyDeadline;
    private readonly string _configurationFile;
    private readonly string _logFile;

    private NatsServer(string binary, NatsServerOptions options)
    {
        _binary = binary;
        _greets = options.Greets;
        _readyDeadline = options.ReadyDeadline;
        _configurationFile = Path.Combine(_directory, "server.conf");
        _logFile = Path.Combine(_directory, "server.log");
        StoreDirectory = Path.Combine(_directory, "store");
        File.WriteAllText(_configurationFile, ConfigurationOf(options));
    }

    /// <summary>The name that the server gives itself, to its clients and in a cluster.</summary>
    public string Name => _name;

    /// <summary>Where clients connect: <c>nats://127.0.0.1:port</c>. It stays the same over a restart.</summary>
    public string Url => $"nats://127.0.0.1:{Port}";

    /// <summary>The port of <see cref="Url"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Where JetStream keeps its streams; removed on dispose.</summary>
    public string StoreDirectory { get; }

    /// <summary>The server's process, or the last one when it was killed.</summary>
    public int ProcessId { get; private set; }

    /// <summary>All that the server has logged, over its restarts.</summary>
    public string Log
    {
        get
        {
            if (!File.Exists(_logFile))
            {
                return "";
            }

            using var reader = new StreamReader(new FileStream(_logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Starts a server and waits until it takes clients.</summary>
    /// <param name="options">A JetStream server 2.15 or newer by default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no such server here (the message says how to get one), or it did not start (the message is its log).
    /// </exception>
    public static async Task<NatsServer> StartAsync(
        NatsServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new NatsServerOptions();
        var server = new NatsServer(await NatsServerBinary.FindAsync(options.Version).ConfigureAwait(false), options);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await server.TryLaunchAsync(Random.Shared.Next(LowestPort, HighestPort), cancellationToken).ConfigureAwait(false))
                {
                    return server;
                }

                if (attempt == PortAttempts)
                {
                    throw new InvalidOperationException($"{PortAttempts} ports tried, and none was free.");
                }
            }
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the process at once (SIGKILL), as a crash would, and keeps the store.</summary>
    public void Kill() => EndProcess();

    /// <summary>Starts the server again, after <see cref="Kill"/> or in place of it, with the same port and store.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        EndProcess();
        if (!await TryLaunchAsync(Port, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"Another process took port {Port} while the server was down.");
        }
    }

    /// <summary>Freezes the process (SIGSTOP): its connections stay open and nothing answers.</summary>
    public void Suspend() => ProcessSignal.Suspend(ProcessId);

    /// <summary>Lets a frozen process go on (SIGCONT).</summary>
    public void Resume() => ProcessSignal.Resume(ProcessId);

    /// <summary>Gives the running server another configuration (SIGHUP), and waits until it has taken it.</summary>
    /// <param name="options">The configuration; the version stays.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The server refuses it; the message is its log.</exception>
    public async Task ReconfigureAsync(NatsServerOptions options, CancellationToken cancellationToken = default)
    {
        var before = Log.Length;
        await File.WriteAllTextAsync(_configurationFile, ConfigurationOf(options), cancellationToken).ConfigureAwait(false);
        ProcessSignal.HangUp(ProcessId);
        await Eventually.TrueAsync(
            () =>
            {
                var log = Log[before..];
                return log.Contains("Failed to reload", StringComparison.Ordinal)
                    ? throw new InvalidOperationException($"nats-server refuses the configuration:\n{log}")
                    : log.Contains("Reloaded server configuration", StringComparison.Ordinal);
            },
            ReloadDeadline,
            "the server takes its configuration").WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Has the server leave in good order (SIGUSR2, lame duck mode): it takes no new clients, hands over its leaderships, stops
    /// JetStream, tells its clients, and closes their connections in the course of a while.
    /// </summary>
    public void LeaveInGoodOrder() => ProcessSignal.User2(ProcessId);

    /// <summary>Ends the process and removes its store.</summary>
    public ValueTask DisposeAsync()
    {
        EndProcess();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private string ConfigurationOf(NatsServerOptions options)
    {
        var sync = options.SyncInterval is null ? "" : $", sync_interval: \"{options.SyncInterval}\"";
        var buffered = options.MaxBufferedMessages is { } messages ? $", max_buffered_msgs: {messages}" : "";
        var domain = options.Domain is null ? "" : $", domain: \"{options.Domain}\"";
        var jetStream = options.JetStream ? $"jetstream {{ store_dir: \"{StoreDirectory}\"{sync}{buffered}{domain} }}\n" : "";
        return $"server_name: \"{_name}\"\n{LameDuck}\n" + jetStream + options.Configuration + "\n";
    }
}
