using System.Net;
using System.Net.Sockets;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Testing;

/// <summary>
/// Three nats-servers of a test's own that form a JetStream cluster on loopback. A node is killed, restarted or suspended by itself:
/// see <see cref="Nodes"/>.
/// </summary>
public sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;
    private const int LowestPort = 10_240;
    private const int HighestPort = 32_000;

    // Electing a leader takes a server from four to nine seconds.
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromSeconds(40);

    // Where other servers are told to find one: its routes are all given, so that none goes past a relay.
    private const string Nowhere = "127.0.0.1:9";

    private readonly List<NatsServer> _nodes = [];
    private readonly Dictionary<(int From, int To), Relay> _routes = [];

    private NatsCluster()
    {
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<NatsServer> Nodes => _nodes;

    /// <summary>The addresses of all, divided by commas.</summary>
    public string Url => string.Join(',', _nodes.Select(node => node.Url));

    /// <summary>Starts three servers and waits until they have elected a leader.</summary>
    /// <param name="configuration">More text for each server's configuration.</param>
    /// <param name="version">The servers' version.</param>
    /// <param name="isDivisible">Whether <see cref="Isolate"/> is to be possible: what the servers tell each other goes through this process then.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<NatsCluster> StartAsync(
        string configuration = "", string version = "2.15", bool isDivisible = false, CancellationToken cancellationToken = default)
    {
        var cluster = new NatsCluster();
        try
        {
            var ports = FreePorts();
            var name = $"naq-{Guid.NewGuid():N}";
            for (var from = 0; isDivisible && from < Size; from++)
            {
                foreach (var to in Enumerable.Range(0, Size).Where(to => to != from))
                    cluster._routes[(from, to)] = new Relay(ports[to]);
            }

            var starting = Enumerable.Range(0, Size).Select(node => NatsServer.StartAsync(
                new NatsServerOptions { Version = version, Configuration = $"{cluster.RoutesOf(name, node, ports)}\n{configuration}" }, cancellationToken)).ToList();
            await ((Task)Task.WhenAll(starting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cluster._nodes.AddRange(starting.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result));
            await Task.WhenAll(starting).ConfigureAwait(false);
            await cluster.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The server that leads a stream now.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="seenFrom">The server to ask; any by default.</param>
    public async Task<NatsServer> LeaderOfAsync(string stream, NatsServer? seenFrom = null)
    {
        NatsServer? leader = null;
        await Eventually.TrueAsync(
            async () => (leader = await FindLeaderAsync(stream, seenFrom?.Url ?? Url).ConfigureAwait(false)) is not null, ElectionDeadline, "the stream has a leader")
            .ConfigureAwait(false);
        return leader!;
    }

    /// <summary>Has the leader of a stream hand over to another server.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task StepDownAsync(string stream, CancellationToken cancellationToken = default)
    {
        await using var client = new NatsConnection(new NatsOpts { Url = Url });

        // Without a leader, between two of them, it is refused.
        await Eventually.TrueAsync(
            async () =>
            {
                var reply = await client.RequestAsync<string>($"$JS.API.STREAM.LEADER.STEPDOWN.{stream}", cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
                return reply.Data?.Contains("\"success\":true", StringComparison.Ordinal) == true;
            },
            ElectionDeadline,
            "the leader steps down").ConfigureAwait(false);
    }

    /// <summary>Lets nothing pass between a server and the others: their clients still reach all. Connections stay open, as where a cable is cut.</summary>
    /// <param name="node">The server.</param>
    public void Isolate(NatsServer node)
    {
        foreach (var route in RoutesOf(node))
            route.Silence();
    }

    /// <summary>Lets it talk to the others again.</summary>
    /// <param name="node">The server.</param>
    public void Rejoin(NatsServer node)
    {
        foreach (var route in RoutesOf(node))
            route.ReadOn();
    }

    /// <summary>Ends the processes and removes their stores.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync().ConfigureAwait(false);

        foreach (var route in _routes.Values)
            await route.DisposeAsync().ConfigureAwait(false);
    }

    private static int[] FreePorts()
    {
        var ports = new HashSet<int>();
        while (ports.Count < Size)
        {
            var port = Random.Shared.Next(LowestPort, HighestPort);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                _ = ports.Add(port);
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }

        return [.. ports];
    }

    private IEnumerable<Relay> RoutesOf(NatsServer node)
    {
        var index = _nodes.IndexOf(node);
        return _routes.Where(route => route.Key.From == index || route.Key.To == index).Select(static route => route.Value);
    }

    private string RoutesOf(string cluster, int node, int[] ports)
    {
        var addresses = _routes.Count == 0
            ? ports.Select(static port => $"nats://127.0.0.1:{port}")
            : _routes.Where(route => route.Key.From == node).Select(static route => route.Value.Url);
        var advertise = _routes.Count == 0 ? "" : $"advertise: \"{Nowhere}\", no_advertise: true, ";
        var routes = string.Join(", ", addresses.Select(static address => $"\"{address}\""));
        return $$"""cluster { name: "{{cluster}}", listen: "127.0.0.1:{{ports[node]}}", {{advertise}}routes: [{{routes}}] }""";
    }

    /// <summary>Streams with a copy on each server can be made.</summary>
    private async Task ReadyAsync()
    {
        await using var client = new NatsConnection(new NatsOpts { Url = Url });
        var jetStream = new NatsJSContext(client);
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    _ = await jetStream.CreateStreamAsync(new StreamConfig("ready", ["ready"]) { NumReplicas = Size }).ConfigureAwait(false);
                    return await jetStream.DeleteStreamAsync("ready").ConfigureAwait(false);
                }
                catch (NatsException)
                {
                    return false;
                }
            },
            ElectionDeadline,
            "the cluster has a leader and knows its servers").ConfigureAwait(false);
    }

    private async Task<NatsServer?> FindLeaderAsync(string stream, string url)
    {
        try
        {
            await using var client = new NatsConnection(new NatsOpts { Url = url, RequestTimeout = TimeSpan.FromSeconds(2) });
            var found = await new NatsJSContext(client).GetStreamAsync(stream).ConfigureAwait(false);
            return _nodes.Find(node => node.Name == found.Info.Cluster?.Leader);
        }
        catch (NatsException)
        {
            return null; // an election is going on
        }
    }
}
