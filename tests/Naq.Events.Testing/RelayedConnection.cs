using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Naq.Events.Testing;

/// <summary>One client's connection through a <see cref="Relay"/>.</summary>
internal sealed class RelayedConnection : IDisposable
{
    // Small, so that little of what the server sends is taken while nothing is read.
    private const int ReceiveBuffer = 16 * 1024;

    // What may be under way in one direction.
    private const int MostChunks = 1_024;

    private readonly Relay _relay;
    private readonly Socket _client;
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer };
    private readonly int _serverPort;
    private readonly Gate _fromClient = new();
    private readonly Gate _fromServer = new();
    private int _left = int.MaxValue;

    public RelayedConnection(Relay relay, Socket client, int serverPort)
    {
        (_relay, _client, _serverPort) = (relay, client, serverPort);
        client.NoDelay = true;
        _server.NoDelay = true;
    }

    /// <summary>Carries both directions until one side closes, or it is broken off.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await _server.ConnectAsync(IPAddress.Loopback, _serverPort, ended.Token).ConfigureAwait(false);
            Task[] directions =
            [
                .. CarryAsync(_client, _server, _fromClient, ended.Token),
                .. CarryAsync(_server, _client, _fromServer, ended.Token),
            ];
            var first = await Task.WhenAny(directions).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(directions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has closed its connection: the other's is closed too.
        }
    }

    /// <summary>Opens and closes each direction.</summary>
    public void Set(bool fromClient, bool fromServer)
    {
        _fromClient.IsOpen = fromClient;
        _fromServer.IsOpen = fromServer;
    }

    public void Reset()
    {
        // Without lingering, a close is a reset.
        (_client.LingerState, _server.LingerState) = (new LingerOption(enable: true, 0), new LingerOption(enable: true, 0));
        Dispose();
    }

    public void CutAfter(int bytes) => Volatile.Write(ref _left, bytes);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private IEnumerable<Task> CarryAsync(Socket from, Socket to, Gate gate, CancellationToken cancellationToken)
    {
        var underWay = Channel.CreateBounded<(long Sent, byte[] Bytes)>(MostChunks);
        yield return ReceiveAsync(from, gate, underWay.Writer, cancellationToken);
        yield return SendAsync(to, gate, underWay.Reader, cancellationToken);
    }

    private static async Task ReceiveAsync(Socket from, Gate gate, ChannelWriter<(long Sent, byte[] Bytes)> underWay, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReceiveBuffer];
        while (true)
        {
            await gate.PassAsync(cancellationToken).ConfigureAwait(false);
            var count = await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
                break;

            await underWay.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..count]), cancellationToken).ConfigureAwait(false);
        }

        underWay.Complete();

        // The other direction ends this connection when what is under way has arrived.
        await Forever.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(Socket to, Gate gate, ChannelReader<(long Sent, byte[] Bytes)> underWay, CancellationToken cancellationToken)
    {
        await foreach (var (sent, bytes) in underWay.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_relay.Latency - TimeProvider.System.GetElapsedTime(sent) is var rest && rest > TimeSpan.Zero)
                await Forever.WaitAsync(rest, cancellationToken).ConfigureAwait(false);

            await gate.PassAsync(cancellationToken).ConfigureAwait(false);
            var passing = to == _server ? Math.Min(bytes.Length, Volatile.Read(ref _left)) : bytes.Length;
            for (var done = 0; done < passing;)
                done += await to.SendAsync(bytes.AsMemory(done, passing - done), cancellationToken).ConfigureAwait(false);

            if (passing < bytes.Length)
                return;

            if (to == _server && Volatile.Read(ref _left) is not int.MaxValue)
                _ = Interlocked.Add(ref _left, -passing);

            if (_relay.BytesPerSecond is { } width)
                await Forever.WaitAsync(TimeSpan.FromSeconds((double)passing / width), cancellationToken).ConfigureAwait(false);
        }
    }
}
