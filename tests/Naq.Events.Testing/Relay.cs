using System.Net;
using System.Net.Sockets;

namespace Naq.Events.Testing;

/// <summary>
/// Stands between clients and a server and plays the network: it is slow, narrow, silent, or breaks in the middle of a message, as it is told to.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RelayedConnection> _connections = [];
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private readonly int _serverPort;
    private bool _silent;
    private bool _unread;

    /// <summary>Listens on a free port of its own.</summary>
    /// <param name="serverPort">Where the server listens, on loopback.</param>
    /// <param name="port">Where to listen; any free port by default.</param>
    public Relay(int serverPort, int port = 0)
    {
        _serverPort = serverPort;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public string Url => $"nats://{_listener.LocalEndpoint}";

    /// <summary>How long what is sent is under way, in each direction; no time by default.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How much passes in a second, in each direction of each connection; <see langword="null"/>, the default, for no limit.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>How many connections there have been.</summary>
    public int Accepted { get; private set; }

    /// <summary>Reads nothing from the server from now on, as a stalled client does; what clients send goes on to it.</summary>
    public void StopReading() => Set(silent: false, unread: true);

    /// <summary>
    /// Lets nothing pass in either direction: connections stay open and new ones are accepted, and nobody hears anything (half-open).
    /// What was under way arrives after <see cref="ReadOn"/>.
    /// </summary>
    public void Silence() => Set(silent: true, unread: true);

    /// <summary>As <see cref="Silence"/>, but only of the connections that are open now: who connects again is heard, and the old come later.</summary>
    public void SilenceOpen()
    {
        lock (_lock)
            _connections.ForEach(static connection => connection.Set(fromClient: false, fromServer: false));
    }

    /// <summary>Lets all pass again.</summary>
    public void ReadOn() => Set(silent: false, unread: false);

    /// <summary>Breaks all connections off (RST).</summary>
    public void Reset()
    {
        lock (_lock)
            _connections.ForEach(static connection => connection.Reset());
    }

    /// <summary>Ends each open connection when so many more bytes of its client's have reached the server, wherever a message is then.</summary>
    /// <param name="bytes">How many.</param>
    public void CutAfter(int bytes)
    {
        lock (_lock)
            _connections.ForEach(connection => connection.CutAfter(bytes));
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _ending.Dispose();
    }

    private void Set(bool silent, bool unread)
    {
        lock (_lock)
        {
            (_silent, _unread) = (silent, unread);
            _connections.ForEach(Tell);
        }
    }

    private void Tell(RelayedConnection connection) => connection.Set(fromClient: !_silent, fromServer: !_unread);

    private async Task AcceptAsync()
    {
        var relaying = new List<Task>();
        try
        {
            while (true)
                relaying.Add(RelayAsync(await _listener.AcceptSocketAsync(_ending.Token).ConfigureAwait(false)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relaying).ConfigureAwait(false);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var connection = new RelayedConnection(this, client, _serverPort);
        lock (_lock)
        {
            Accepted++;
            _connections.Add(connection);
            Tell(connection);
        }

        await connection.RunAsync(_ending.Token).ConfigureAwait(false);
        lock (_lock)
            _ = _connections.Remove(connection);
    }
}
