using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.Reliability.Tests;

/// <summary>Three servers, three copies, under load: they are killed, cut off, restarted, step down, and leave in good order.</summary>
public sealed class ClusterTests
{
    private const int Deadline = 150_000;

    // Three servers take little more on a small machine; while one of them is missed, events gather.
    private const int Rate = 20_000;

    private const int StepDowns = 3;

    // What a publisher that pipelines has under way: a leader that hands over drops of it what it has not proposed yet, without an answer.
    private const int UnderWay = 8_192;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Deadline)]
    public async Task A_leader_killed_under_load_costs_no_event_and_no_order()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            var leader = await cluster.LeaderOfAsync(NumberedJobs.Stream);
            leader.Kill();
            var logged = jobs.Logged;
            await jobs.StoredAsync(logged + 20_000, Token);
            await leader.RestartAsync(Token);
        }, rate: Rate);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_leader_that_steps_down_again_and_again_under_load_costs_no_event_and_no_order()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster);
        await StepDownUnderLoadAsync(cluster, jobs);
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task Where_events_are_pipelined_a_leader_that_steps_down_costs_no_event_and_the_order_of_none_but_those_under_way()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster, PublishMode.Pipelined);
        await StepDownUnderLoadAsync(cluster, jobs);
        await jobs.AssertEachStoredOnceAsync(StepDowns * UnderWay, Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_node_that_leaves_in_good_order_is_left_for_another_at_once()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            foreach (var node in cluster.Nodes.Take(2))
            {
                // Wherever the logger is connected, it is at one of these, or would move to one.
                node.LeaveInGoodOrder();
                await Eventually.TrueAsync(() => node.Log.Contains("Initiating Shutdown", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "it has left");
                await node.RestartAsync(Token);
                await jobs.StoredAsync(jobs.Logged + 5_000, Token);
            }
        }, rate: Rate);
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_follower_killed_under_load_costs_no_event_and_no_order()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            var leader = await cluster.LeaderOfAsync(NumberedJobs.Stream);
            foreach (var follower in cluster.Nodes.Where(node => node != leader))
            {
                follower.Kill();
                await jobs.StoredAsync(jobs.Logged + 10_000, Token);
                await follower.RestartAsync(Token);
                await jobs.StoredAsync(jobs.Logged + 5_000, Token);
            }
        }, rate: Rate);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_leader_cut_off_from_the_others_costs_no_event_and_no_order()
    {
        await using var cluster = await StartAsync(isDivisible: true);
        await using var jobs = Jobs(cluster);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            // Clients reach it, and it takes what it cannot store: none of that may count as stored.
            var leader = await cluster.LeaderOfAsync(NumberedJobs.Stream);
            cluster.Isolate(leader);
            await Eventually.TrueAsync(
                async () => await cluster.LeaderOfAsync(NumberedJobs.Stream, seenFrom: cluster.Nodes.First(node => node != leader)) != leader,
                TimeSpan.FromSeconds(60),
                "the others have a leader of their own");
            var stored = jobs.Logger.Meter.Stored;
            await Eventually.TrueAsync(() => jobs.Logger.Meter.Stored >= stored + 20_000, TimeSpan.FromSeconds(60), "events are stored without it");
            cluster.Rejoin(leader);
            await jobs.StoredAsync(jobs.Logged + 5_000, Token);
        }, rate: Rate);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task Servers_restarted_in_turn_under_several_processes_cost_no_event()
    {
        await using var cluster = await StartAsync();
        await using var jobs = Jobs(cluster);
        await using var first = new HandlingProcess(cluster.Url, "billing");
        await using var second = new HandlingProcess(cluster.Url, "billing");
        await jobs.WhileLoggingAsync(async () =>
        {
            await HandledAsync(2_000, first, second);
            foreach (var node in cluster.Nodes)
            {
                node.Kill();
                await node.RestartAsync(Token);
                await HandledAsync(jobs.Logged + 1_000, first, second);
            }
        }, rate: 2_000);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
        await HandledAsync(jobs.Logged, first, second);
    }

    private static Task HandledAsync(int count, params HandlingProcess[] processes) => Eventually.TrueAsync(
        () => processes.SelectMany(static process => process.Handled).Distinct().Count() >= count, TimeSpan.FromSeconds(60), $"{count} events are handled");

    private static Task<NatsCluster> StartAsync(bool isDivisible = false) =>
        NatsCluster.StartAsync(isDivisible: isDivisible, cancellationToken: Token);

    private static NumberedJobs Jobs(NatsCluster cluster, PublishMode mode = PublishMode.Auto) => new(
        cluster.Url, stream: options => (options.Replicas, options.PublishMode, options.MaxMessages) = (3, mode, -1));

    private static async Task StepDownUnderLoadAsync(NatsCluster cluster, NumberedJobs jobs)
    {
        await jobs.WhileLoggingAsync(async () =>
        {
            for (var round = 0; round < StepDowns; round++)
            {
                await jobs.StoredAsync(jobs.Logged + 5_000, Token);
                await cluster.StepDownAsync(NumberedJobs.Stream, Token);
            }

            await jobs.StoredAsync(jobs.Logged + 5_000, Token);
        }, rate: Rate);
    }
}
