using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Reliability.Tests;

/// <summary>What becomes of events when the server is slow, leaves, is reconfigured or loses its stream while they are logged.</summary>
public sealed class ServerFaultTests : IAsyncLifetime
{
    private const int Deadline = 90_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private NatsServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task A_slow_server_only_slows_publishing_down()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        var meter = jobs.Logger.Meter;
        var logging = Task.Run(() => jobs.LogAsync(60_000, Token), Token);
        while (!logging.IsCompleted)
        {
            var stored = meter.Stored;
            _server.Suspend();
            await Eventually.TrueAsync(
                () => logging.IsCompleted || meter.Stalled(meter.Depth()) >= TimeSpan.FromMilliseconds(100), null, "nothing is acknowledged for a while");
            _server.Resume();
            await Eventually.TrueAsync(() => logging.IsCompleted || meter.Stored >= stored + 1_000, null, "the server goes on");
        }

        await logging;
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
        Assert.Empty(jobs.Log.Warnings);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_server_that_leaves_in_good_order_is_left_and_the_events_are_stored_when_it_is_back()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(1_000, Token);

            _server.LeaveInGoodOrder();
            await jobs.WarnedAsync("Publishing to");
            await _server.RestartAsync(Token);
        }, ahead: 1_000);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_user_that_is_removed_and_put_back_loses_no_event()
    {
        await _server.ReconfigureAsync(Users("app", "admin"), Token);
        await using var jobs = new NumberedJobs(UrlOf("app"));
        await jobs.LogAsync(1_000, Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);

        await _server.ReconfigureAsync(Users("admin"), Token);
        await jobs.LogAsync(1_000, Token);
        await jobs.WarnedAsync("refuses the connection");
        await _server.ReconfigureAsync(Users("app", "admin"), Token);

        await jobs.AssertEachStoredOnceInOrderAsync(Token, UrlOf("admin"));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_permission_that_is_taken_away_is_named_and_given_back_loses_no_event()
    {
        await _server.ReconfigureAsync(Permissions("\">\""), Token);
        await using var jobs = new NumberedJobs(UrlOf("app"));
        await jobs.LogAsync(1_000, Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);

        await _server.ReconfigureAsync(Permissions("[\"$JS.>\", \"_INBOX.>\"]"), Token);
        await jobs.LogAsync(1_000, Token);

        // An attempt may be under way when the permission is back: see "Where order ends" in docs/faults.md.
        await jobs.WarnedAsync("Permissions Violation for Publish");
        await jobs.WarnedAsync("is tried again in");
        await _server.ReconfigureAsync(Permissions("\">\""), Token);

        await jobs.AssertEachStoredOnceAsync(late: 1_000, Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_smaller_max_payload_costs_the_event_that_is_over_it_and_later_ones_are_cut_to_fit()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        await jobs.LogAsync(1_000, Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);

        await _server.ReconfigureAsync(new NatsServerOptions { Configuration = "max_payload: 4096" }, Token);
        var over = Large();
        await jobs.Logger.LogAsync(over, Token);
        await jobs.LogAsync(1_000, Token);
        _ = await jobs.Logger.FlushAsync(Token);

        await Eventually.TrueAsync(() => !jobs.Losses.IsEmpty, Patience, "the event that is too large is reported");
        var loss = Assert.Single(jobs.Losses);
        Assert.Equal((JobEventLossKind.Rejected, over.Id), (loss.Kind, Assert.Single(loss.EventIds)));
        Assert.Contains("max_payload", loss.Reason, StringComparison.Ordinal);
        await StoredNumbers.AssertAllAsync(_server.Url, jobs.Logged, Token);

        await jobs.Logger.LogAsync(Large(), Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);
        Assert.Single(jobs.Losses);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_deleted_while_events_are_published_is_made_again_and_takes_all_that_was_not_stored_before()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        await jobs.WhileLoggingAsync(async () =>
        {
            await jobs.StoredAsync(5_000, Token);

            await using var client = new NatsConnection(new NatsOpts { Url = _server.Url });
            await new NatsJSContext(client).DeleteStreamAsync(NumberedJobs.Stream, Token);
            await jobs.StoredAsync(5_000, Token);
        });

        // What was acknowledged before went with the stream; what follows begins somewhere, and has no gap.
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);
        Assert.Empty(jobs.Losses);
        var numbers = new List<int>();
        await foreach (var (_, number) in StoredNumbers.ReadAsync(_server.Url, 1, Token))
            numbers.Add(number);

        Assert.Equal(Enumerable.Range(numbers[0], jobs.Logged - numbers[0]), numbers);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_full_stream_takes_the_rest_in_order_once_it_is_purged()
    {
        await using var jobs = new NumberedJobs(_server.Url, options => options.RetryAttempts = 100);
        await jobs.Store.InitializeAsync(Token);
        await using var client = new NatsConnection(new NatsOpts { Url = _server.Url });
        var stream = await new NatsJSContext(client).GetStreamAsync(NumberedJobs.Stream, cancellationToken: Token);
        var config = stream.Info.Config;
        (config.Discard, config.MaxMsgs) = (StreamConfigDiscard.New, 3_000);
        await stream.UpdateAsync(config, Token);

        await jobs.LogAsync(5_000, Token);
        await jobs.WarnedAsync("maximum messages exceeded");
        _ = await stream.PurgeAsync(new StreamPurgeRequest(), Token);

        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);
        Assert.Empty(jobs.Losses);
        var numbers = new List<int>();
        await foreach (var (_, number) in StoredNumbers.ReadAsync(_server.Url, 2_000, Token))
            numbers.Add(number);

        Assert.Equal(Enumerable.Range(3_000, 2_000), numbers);
    }

    [Fact(Timeout = Deadline)]
    public async Task JetStream_that_is_disabled_and_enabled_again_loses_no_event()
    {
        await using var jobs = new NumberedJobs(_server.Url);
        await jobs.LogAsync(1_000, Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);

        await _server.ReconfigureAsync(new NatsServerOptions { JetStream = false }, Token);
        await jobs.LogAsync(1_000, Token);
        await jobs.WarnedAsync("JetStream");
        await _server.ReconfigureAsync(new NatsServerOptions(), Token);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_server_that_is_sent_more_than_it_takes_gets_less_and_loses_no_event()
    {
        await using var narrow = await NatsServer.StartAsync(new NatsServerOptions { MaxBufferedMessages = 100 }, Token);
        await using var jobs = new NumberedJobs(narrow.Url, options => options.RetryAttempts = 0);
        await jobs.Store.InitializeAsync(Token);

        // Frozen for a moment, the server finds thousands at once.
        narrow.Suspend();
        var logging = Task.Run(() => jobs.LogAsync(20_000, Token), Token);
        await Eventually.TrueAsync(() => jobs.Logged > 5_000, Patience, "events gather");
        narrow.Resume();
        await logging;

        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);
        Assert.Empty(jobs.Losses);
        var numbers = new List<int>();
        await foreach (var (_, number) in StoredNumbers.ReadAsync(narrow.Url, 20_000, Token))
            numbers.Add(number);

        Assert.Contains(jobs.Log.Warnings, warning => warning.Contains("too many requests", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 20_000), numbers.Order());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_slow_consumer_that_the_server_has_thrown_out_connects_again_and_loses_no_event()
    {
        // The domain stands in each acknowledgement: those of a window are then more than the system's own buffers take.
        await using var impatient = await NatsServer.StartAsync(
            new NatsServerOptions { Domain = new string('d', 4_000), Configuration = "write_deadline: \"200ms\"\nmax_pending: 4MB" }, Token);
        await using var relay = new Relay(impatient.Port);
        await using var jobs = new NumberedJobs(
            relay.Url, stream: options => (options.Timeout, options.MaxMessages) = (TimeSpan.FromMinutes(5), -1));
        await jobs.WhileLoggingAsync(async () =>
        {
            await Eventually.TrueAsync(() => jobs.Logger.Meter.Stored >= 5_000, Patience, "events are stored");

            relay.StopReading();
            await Eventually.TrueAsync(() => impatient.Log.Contains("Slow Consumer", StringComparison.Ordinal), Patience, "the server has had enough");
            relay.ReadOn();
            await jobs.WarnedAsync("Publishing to");
            var stored = jobs.Logger.Meter.Stored;
            await Eventually.TrueAsync(() => jobs.Logger.Meter.Stored >= stored + 10_000, Patience, "events are stored again");
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token, impatient.Url);
    }

    private static JobEvent Large() => new("large", JobEventType.Started)
    {
        Message = "0",
        Details = JobEventFields.Parse($$"""{"text": "{{new string('x', 50_000)}}"}"""),
    };

    private static NatsServerOptions Users(params string[] users) => new()
    {
        Configuration = $"authorization {{ users: [{string.Join(", ", users.Select(user => $"{{user: {user}, password: secret}}"))}] }}",
    };

    private static NatsServerOptions Permissions(string publish) => new()
    {
        Configuration = $$"""authorization { users: [{user: admin, password: secret}, {user: app, password: secret, permissions: { publish: {{publish}}, subscribe: ">" } }] }""",
    };

    private string UrlOf(string user) => _server.Url.Replace("nats://", $"nats://{user}:secret@", StringComparison.Ordinal);
}
