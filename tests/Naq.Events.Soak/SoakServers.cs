using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>One server, or three of a cluster, each behind a network of its own.</summary>
internal sealed class SoakServers : IAsyncDisposable
{
    private readonly NatsServer? _single;

    private SoakServers(NatsServer? single, NatsCluster? cluster)
    {
        _single = single;
        Cluster = cluster;
        Nodes = cluster?.Nodes ?? [single!];
        Networks = [.. Nodes.Select(static node => new Relay(node.Port))];
    }

    public NatsCluster? Cluster { get; }

    public IReadOnlyList<NatsServer> Nodes { get; }

    /// <summary>What stands between clients and each server.</summary>
    public IReadOnlyList<Relay> Networks { get; }

    /// <summary>The addresses through the networks.</summary>
    public string Url => string.Join(',', Networks.Select(static network => network.Url));

    /// <summary>The addresses past them.</summary>
    public string DirectUrl => string.Join(',', Nodes.Select(static node => node.Url));

    public static async Task<SoakServers> StartAsync(SoakOptions options) => options.Nodes == 1
        ? new SoakServers(await NatsServer.StartAsync(new NatsServerOptions { Version = options.Server, ReadyDeadline = TimeSpan.FromMinutes(2) }), cluster: null)
        : new SoakServers(single: null, await NatsCluster.StartAsync(version: options.Server, isDivisible: true));

    public async ValueTask DisposeAsync()
    {
        foreach (var network in Networks)
            await network.DisposeAsync();

        if (_single is not null)
            await _single.DisposeAsync();

        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }
}
