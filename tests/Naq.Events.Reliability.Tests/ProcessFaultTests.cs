using System.Globalization;
using Naq.Events.Testing;
using NATS.Client.JetStream;

namespace Naq.Events.Reliability.Tests;

/// <summary>What becomes of events when it is the process that is in trouble: no threads, no memory, a clock that jumps, a server without room.</summary>
public sealed class ProcessFaultTests : IAsyncLifetime
{
    private const int Deadline = 120_000;

    private NatsServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task Without_a_free_thread_log_calls_return_and_all_is_stored_when_there_is_one()
    {
        const int Count = 20_000;
        await using var process = new RoleProcess(["starve", _server.Url, $"{Count}"]);

        // All returned while work waited for threads, and so did a blocking flush, when its time was up.
        var logged = await process.SaysAsync("logged ");
        var flushed = await process.SaysAsync("flushed ");
        await process.SaysAsync("left 0 lost 0");
        await process.StopAsync();

        Assert.StartsWith($"logged {Count} behind ", logged, StringComparison.Ordinal);
        Assert.True(NumberAfter(logged, "behind") > 0, logged);
        Assert.True(NumberAfter(flushed, "behind") > 0, flushed);
        await StoredNumbers.AssertAllAsync(_server.Url, Count, Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task With_less_memory_than_the_buffer_may_take_events_are_dropped_and_counted_and_the_process_goes_on()
    {
        const int Count = 20_000;
        _server.Kill();

        // 48 MiB for everything, where the buffer alone would take 64.
        await using var process = new RoleProcess(
            ["press", _server.Url, $"{Count}"], new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x3000000" });
        await process.SaysAsync("logged ");
        await _server.RestartAsync(Token);
        process.GoOn();
        var outcome = await process.SaysAsync("left ");
        await process.StopAsync();

        Assert.StartsWith("left 0 ", outcome, StringComparison.Ordinal);
        var lost = NumberAfter(outcome, "lost");
        Assert.InRange(lost, 1, Count - 1);
        await using var client = StoredNumbers.Connect(_server.Url);
        var stream = await new NatsJSContext(client).GetStreamAsync(NumberedJobs.Stream, cancellationToken: Token);
        Assert.Equal(Count - lost, stream.Info.State.Messages);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_clock_that_jumps_costs_no_event_and_no_order()
    {
        var clock = new JumpingClock();
        await using var jobs = new NumberedJobs(_server.Url, timeProvider: clock);
        await jobs.WhileLoggingAsync(async () =>
        {
            foreach (var jump in (TimeSpan[])[TimeSpan.FromDays(1), TimeSpan.FromDays(-2), TimeSpan.FromHours(3), TimeSpan.FromDays(-400)])
            {
                var stored = jobs.Logger.Meter.Stored;
                clock.Jump(jump);
                await Eventually.TrueAsync(() => jobs.Logger.Meter.Stored > stored + 2_000, TimeSpan.FromSeconds(30), "logging goes on");
                await _server.RestartAsync(Token);
            }
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_server_without_room_for_more_takes_the_rest_in_order_when_it_has_some()
    {
        await using var server = await NatsServer.StartAsync(WithRoom("8M"), Token);
        await using var jobs = new NumberedJobs(server.Url, options => options.RetryAttempts = 100, stream => stream.MaxBytes = -1);
        await jobs.WhileLoggingAsync(() => jobs.WarnedAsync("resource"), ahead: 2_000);

        await server.ReconfigureAsync(WithRoom("1G"), Token);
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    private static NatsServerOptions WithRoom(string room) => new()
    {
        Configuration = $"accounts: {{ A: {{ jetstream: {{ max_file: {room} }}, users: [{{ user: u, password: p }}] }} }}\nno_auth_user: u",
    };

    private static long NumberAfter(string line, string word)
    {
        var words = line.Split(' ');
        return long.Parse(words[Array.IndexOf(words, word) + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>The system's clock, set forward and back; what is measured by it goes on evenly, as the system's does.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _ticks;

        public void Jump(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
    }
}
