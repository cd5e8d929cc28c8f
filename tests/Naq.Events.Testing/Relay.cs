using System.Net;
using System.Net.Sockets;

namespace Naq.Events.Testing;

/// <summary>Stands between clients and a server, and stops reading what the server sends when told to, as a stalled client does.</summary>
public sealed class Relay : IAsyncDisposable
{
    // Small, so that little of what the server sends is taken while nothing is read.
    private const int ReceiveBuffer = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private readonly int _serverPort;
    private volatile TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Listens on a free port of its own.</summary>
    /// <param name="serverPort">Where the server listens, on loopback.</param>
    public Relay(int serverPort)
    {
        _serverPort = serverPort;
        _reading.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public string Url => $"nats://{_listener.LocalEndpoint}";

    /// <summary>Reads nothing from the server from now on; what clients send goes on to it.</summary>
    public void StopReading() => _reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads again.</summary>
    public void ReadOn() => _ = _reading.TrySetResult();

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _ending.Dispose();
    }

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
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, ended.Token).ConfigureAwait(false);
                var first = await Task.WhenAny(
                    CopyAsync(client, server, waits: false, ended.Token), CopyAsync(server, client, waits: true, ended.Token)).ConfigureAwait(false);
                await ended.CancelAsync().ConfigureAwait(false);
                await first.ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // One side has closed its connection: the other's is closed too.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool waits, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReceiveBuffer];
        while (true)
        {
            if (waits)
                await _reading.Task.WaitAsync(cancellationToken).ConfigureAwait(false);

            var count = await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
                return;

            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken).ConfigureAwait(false);
        }
    }
}
