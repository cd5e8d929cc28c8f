using Naq.Events.Soak;
using Naq.Events.Testing;

namespace Naq.Events.Reliability.Tests;

/// <summary>Processes of one name that keep the order of each job between them, while they are killed, frozen and stopped.</summary>
[Collection(SeveralProcesses.Name)]
public sealed class OrderAcrossProcessesTests : IAsyncLifetime
{
    private const int Deadline = 180_000;

    // Seconds.
    private const int AckWait = 6;

    // Until the lease is free, the requests of a frozen process have ended, and its place is taken.
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(60);

    private readonly Handlings _handlings = new();
    private readonly List<SoakProcessor> _started = [];
    private NatsServer _server = null!;
    private int _shares = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task Processes_divide_the_jobs_among_them_as_they_come_and_go_and_no_job_gets_out_of_order()
    {
        _shares = 4;
        await using var jobs = new NumberedJobs(_server.Url);
        await using var first = Start();
        await jobs.LogAsync(10_000, Token);
        await HandledAsync(1_000);
        await using var second = Start();
        await using var third = Start();

        // Each has a share while events come.
        await jobs.WhileLoggingAsync(async () =>
        {
            await Eventually.TrueAsync(() => second.Handled > 500 && third.Handled > 500, Takeover, "the others have shares");
            var handled = first.Handled;
            await Eventually.TrueAsync(() => first.Handled > handled, Takeover, "the first has one still");
            await third.StopAsync();
            await second.KillAsync();
        }, rate: 1_000);

        await HandledAsync(jobs.Logged);
        AssertInOrder();
    }

    [Fact(Timeout = Deadline)]
    public async Task A_killed_process_is_followed_by_another_and_no_job_gets_out_of_order()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        var first = Start();
        await jobs.LogAsync(10_000, Token);
        await HandledAsync(2_000);
        await using var second = Start();

        await first.KillAsync();

        await HandledAsync(10_000);
        await first.DisposeAsync();
        AssertInOrder();
    }

    [Theory(Timeout = Deadline)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_frozen_process_is_followed_by_another_and_begins_nothing_when_it_goes_on(int shares)
    {
        _shares = shares;
        await using var jobs = new NumberedJobs(_server.Url);
        await using var first = Start();
        await jobs.LogAsync(6_000, Token);
        await HandledAsync(2_000);
        await using var second = Start();
        first.Suspend();
        var handled = _handlings.Count;
        await HandledAsync(handled + 2_000);

        first.Resume();

        await jobs.LogAsync(2_000, Token);
        await HandledAsync(8_000);
        AssertInOrder();
    }

    [Theory(Timeout = Deadline)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Processes_that_come_and_go_in_good_order_follow_each_other_at_once(int shares)
    {
        _shares = shares;
        await using var jobs = new NumberedJobs(_server.Url);
        await using var first = Start();
        await jobs.LogAsync(6_000, Token);
        await HandledAsync(2_000);
        await using var second = Start();
        await first.StopAsync();
        await HandledAsync(4_000);
        await using var third = Start();
        await second.StopAsync();
        await HandledAsync(6_000);

        AssertInOrder();
        Assert.Equal(0, _handlings.Repeated);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_server_that_dies_is_waited_for_and_no_job_gets_out_of_order(int shares)
    {
        _shares = shares;
        await using var jobs = new NumberedJobs(_server.Url);
        await using var first = Start();
        await using var second = Start();
        await jobs.LogAsync(4_000, Token);
        await HandledAsync(1_000);

        await _server.RestartAsync(Token);

        await jobs.LogAsync(2_000, Token);
        await HandledAsync(6_000);
        AssertInOrder();
    }

    private void AssertInOrder()
    {
        if (_handlings.OutOfOrder + _handlings.Late > 0)
            Assert.Fail(string.Join("\n---\n", [.. _handlings.Problems, .. _started.Select(static process => process.Log)]));
    }

    private SoakProcessor Start()
    {
        var process = new SoakProcessor(_server.Url, 1, "billing", JobEventOrdering.PerJobAcrossInstances, AckWait, _handlings, _shares);
        _started.Add(process);
        return process;
    }

    private Task HandledAsync(int count) => Eventually.TrueAsync(() => _handlings.Count >= count, Takeover, $"{count} events are handled");
}
