using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>What goes wrong in a soak, by turns, as its seed has it.</summary>
internal sealed class SoakFaults
{
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(30);

    private readonly SoakServers _servers;
    private readonly SoakProcesses _processes;
    private readonly CancellationToken _over;

    /// <param name="servers">The servers, and the networks before them.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="over">The run comes to its end: what is wrong then is put right.</param>
    public SoakFaults(SoakServers servers, SoakProcesses processes, CancellationToken over)
    {
        (_servers, _processes, _over) = (servers, processes, over);
        All =
        [
            new("server killed", KillServerAsync),
            new("server frozen", FreezeServerAsync, MayOverlap: false),
            new("server left in good order", LeaveAsync, MayOverlap: false),
            new("connections reset", ResetAsync),
            new("connections cut in a message", CutAsync),
            new("network silent", SilenceAsync),
            new("open connections silent", SilenceOpenAsync),
            new("network slow", SlowAsync),
            new("network narrow", NarrowAsync),
            new("logger killed", _ => _processes.KillLoggerAsync()),
            new("logger frozen", random => FreezeAsync(_processes.SteadyLogger, random)),
            new("processor killed", _ => _processes.KillProcessorAsync()),
            new("processor frozen", random => FreezeAsync(_processes.AnyProcessor(random), random), MayOverlap: false),
            new("processor joined", _ => _processes.JoinAsync(), MayOverlap: false),
            new("processor left", _ => _processes.LeaveAsync(), MayOverlap: false),
            new("processor in order killed", _ => _processes.KillOrderedAsync()),
            new("processor in order restarted", _ => _processes.RestartOrderedAsync(), MayOverlap: false),
            new("only processor restarted", _ => _processes.RestartOnlyAsync(), MayOverlap: false),
            .. servers.Cluster is { } cluster ? ClusterFaults(cluster) : [],
        ];
    }

    public IReadOnlyList<SoakFault> All { get; }

    private IEnumerable<SoakFault> ClusterFaults(NatsCluster cluster) =>
    [
        new("leader killed", async random =>
        {
            var leader = await cluster.LeaderOfAsync(SoakRun.Stream);
            leader.Kill();
            await ForAsync(random, 0, 15_000);
            await leader.RestartAsync();
        }, MayOverlap: false),
        new("leader stepped down", _ => cluster.StepDownAsync(SoakRun.Stream), MayOverlap: false),
        new("leader cut off", async random => await CutOffAsync(cluster, await cluster.LeaderOfAsync(SoakRun.Stream), random), MayOverlap: false),
        new("any server cut off", random => CutOffAsync(cluster, cluster.Nodes[random.Next(cluster.Nodes.Count)], random), MayOverlap: false),
        new("servers restarted in turn", async random =>
        {
            foreach (var node in cluster.Nodes)
            {
                await node.RestartAsync();
                await ForAsync(random, 1_000, 10_000);
            }
        }, MayOverlap: false),
        new("servers killed at once", async _ =>
        {
            foreach (var node in cluster.Nodes)
                node.Kill();

            await Task.WhenAll(cluster.Nodes.Select(static node => node.RestartAsync()));
        }, MayOverlap: false),
    ];

    private async Task CutOffAsync(NatsCluster cluster, NatsServer node, Random random)
    {
        cluster.Isolate(node);
        await ForAsync(random, 2_000, 25_000);
        cluster.Rejoin(node);
    }

    private async Task FreezeAsync(KilledProcess process, Random random)
    {
        process.Suspend();
        await ForAsync(random, 500, 12_000);
        process.Resume();
    }

    private async Task ForAsync(Random random, int least, int most) =>
        await Forever.WaitAsync(TimeSpan.FromMilliseconds(random.Next(least, most)), _over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private NatsServer AnyServer(Random random) => _servers.Nodes[random.Next(_servers.Nodes.Count)];

    private async Task KillServerAsync(Random random)
    {
        var server = AnyServer(random);
        server.Kill();
        await ForAsync(random, 0, 10_000);
        await server.RestartAsync();
    }

    private async Task FreezeServerAsync(Random random)
    {
        var server = AnyServer(random);
        server.Suspend();
        await ForAsync(random, 100, 8_000);
        server.Resume();
    }

    private async Task LeaveAsync(Random random)
    {
        var server = AnyServer(random);
        var before = server.Log.Length;
        server.LeaveInGoodOrder();
        await Eventually.TrueAsync(
            () => server.Log[before..].Contains("Initiating Shutdown", StringComparison.Ordinal), LeaveDeadline, "the server has left");
        await server.RestartAsync();
    }

    private Task ResetAsync(Random random)
    {
        foreach (var network in _servers.Networks)
            network.Reset();

        return Task.CompletedTask;
    }

    private Task CutAsync(Random random)
    {
        foreach (var network in _servers.Networks)
            network.CutAfter(random.Next(1, 100_000));

        return Task.CompletedTask;
    }

    private Task SilenceAsync(Random random) => WhileAsync(static network => network.Silence(), static network => network.ReadOn(), ForAsync(random, 100, 10_000));

    private Task SilenceOpenAsync(Random random) => WhileAsync(static network => network.SilenceOpen(), static network => network.ReadOn(), ForAsync(random, 100, 10_000));

    private Task SlowAsync(Random random)
    {
        var latency = TimeSpan.FromMilliseconds(random.Next(5, 200));
        return WhileAsync(network => network.Latency = latency, static network => network.Latency = TimeSpan.Zero, ForAsync(random, 1_000, 15_000));
    }

    private Task NarrowAsync(Random random)
    {
        var width = random.Next(20_000, 500_000);
        return WhileAsync(network => network.BytesPerSecond = width, static network => network.BytesPerSecond = null, ForAsync(random, 1_000, 15_000));
    }

    private async Task WhileAsync(Action<Relay> begin, Action<Relay> end, Task lasting)
    {
        foreach (var network in _servers.Networks)
            begin(network);

        await lasting;
        foreach (var network in _servers.Networks)
            end(network);
    }
}
