using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.Reliability.Tests;

/// <summary>Three servers, three copies: the leader is killed, steps down, and leaves in good order, under load.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const int Deadline = 150_000;

    private const int StepDowns = 8;

    // What a publisher that pipelines has under way: a leader that hands over drops of it what it has not proposed yet, without an answer.
    private const int UnderWay = 8_192;

    private NatsCluster _cluster = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await NatsCluster.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task A_leader_killed_under_load_costs_no_event_and_no_order()
    {
        await using var jobs = Jobs();
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            var leader = await _cluster.LeaderOfAsync(NumberedJobs.Stream);
            leader.Kill();
            var logged = jobs.Logged;
            await jobs.StoredAsync(logged + 20_000, Token);
            await leader.RestartAsync(Token);
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_leader_that_steps_down_again_and_again_under_load_costs_no_event_and_no_order()
    {
        await using var jobs = Jobs();
        await StepDownUnderLoadAsync(jobs);
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task Where_events_are_pipelined_a_leader_that_steps_down_costs_no_event_and_the_order_of_none_but_those_under_way()
    {
        await using var jobs = Jobs(PublishMode.Pipelined);
        await StepDownUnderLoadAsync(jobs);
        await jobs.AssertEachStoredOnceAsync(StepDowns * UnderWay, Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_node_that_leaves_in_good_order_is_left_for_another_at_once()
    {
        await using var jobs = Jobs();
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            foreach (var node in _cluster.Nodes.Take(2))
            {
                // Wherever the logger is connected, it is at one of these, or would move to one.
                node.LeaveInGoodOrder();
                await Eventually.TrueAsync(() => node.Log.Contains("Initiating Shutdown", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "it has left");
                await node.RestartAsync(Token);
                await jobs.StoredAsync(jobs.Logged + 5_000, Token);
            }
        });
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    private NumberedJobs Jobs(PublishMode mode = PublishMode.Auto) => new(
        _cluster.Url, stream: options => (options.Replicas, options.PublishMode, options.MaxMessages) = (3, mode, -1));

    private async Task StepDownUnderLoadAsync(NumberedJobs jobs)
    {
        await jobs.WhileLoggingAsync(async () =>
        {
            for (var round = 0; round < StepDowns; round++)
            {
                await jobs.StoredAsync(jobs.Logged + 5_000, Token);
                await _cluster.StepDownAsync(NumberedJobs.Stream, Token);
            }

            await jobs.StoredAsync(jobs.Logged + 5_000, Token);
        });
    }
}
