using Naq.Events.Processing;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.Reliability.Tests;

/// <summary>Between the logger and the server stands a network that is slow, narrow, silent, or breaks in the middle of a message.</summary>
public sealed class NetworkFaultTests : IAsyncLifetime
{
    private const int Deadline = 120_000;
    private const int Seed = 20_261_126;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private NatsServer _server = null!;
    private Relay _network = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await NatsServer.StartAsync(cancellationToken: Token);
        _network = new Relay(_server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = Deadline)]
    public async Task Over_a_long_way_events_are_sent_without_waiting_for_each_acknowledgement()
    {
        // One at a time, these would take an hour.
        const int Events = 50_000;
        _network.Latency = TimeSpan.FromMilliseconds(40);
        await using var jobs = Jobs();

        await jobs.LogAsync(Events, Token);

        await jobs.AssertEachStoredOnceInOrderAsync(Token, _server.Url);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_narrow_network_makes_who_logs_wait_and_costs_no_event()
    {
        const int Room = 2_000;
        _network.BytesPerSecond = 1_000_000;
        await using var jobs = Jobs(logger => logger.MaxBufferSize = Room);

        await jobs.LogAsync(20_000, Token);

        await jobs.AssertEachStoredOnceInOrderAsync(Token, _server.Url);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_network_that_falls_silent_and_speaks_again_costs_no_event_and_no_order()
    {
        await using var jobs = Jobs();
        await jobs.WhileLoggingAsync(async () =>
        {
            await StoredAsync(jobs, 5_000);
            _network.Silence();
            await jobs.WarnedAsync("no acknowledgement came");
            var connections = _network.Accepted;
            await Eventually.TrueAsync(() => _network.Accepted > connections, Patience, "another connection is tried");

            // What was under way on the connections that are given up arrives now, among what is sent again.
            _network.ReadOn();
            await StoredAsync(jobs, 10_000);
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token, _server.Url);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_arrives_late_over_a_connection_that_was_given_up_is_not_stored_again()
    {
        await using var jobs = Jobs();
        await jobs.WhileLoggingAsync(async () =>
        {
            await StoredAsync(jobs, 5_000);
            _network.SilenceOpen();
            await jobs.WarnedAsync("no acknowledgement came");
            await StoredAsync(jobs, 10_000);
            _network.ReadOn();
            await StoredAsync(jobs, 5_000);
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token, _server.Url);
    }

    [Fact(Timeout = Deadline)]
    public async Task Connections_that_break_in_the_middle_of_a_message_cost_no_event_and_no_order()
    {
        const int Breaks = 15;
        var random = new Random(Seed);
        await using var jobs = Jobs();
        await jobs.WhileLoggingAsync(async () =>
        {
            for (var breaks = 0; breaks < Breaks; breaks++)
            {
                await StoredAsync(jobs, random.Next(500, 5_000));
                var connections = _network.Accepted;
                if (breaks % 3 == 2)
                    _network.Reset();
                else
                    _network.CutAfter(random.Next(1, 50_000));

                await Eventually.TrueAsync(() => _network.Accepted > connections, Patience, "it connects again");
            }
        });

        await jobs.AssertEachStoredOnceInOrderAsync(Token, _server.Url);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(10, false)]
    [InlineData(3, true)]
    public async Task Over_connections_that_break_a_processor_handles_each_event_in_its_jobs_order(int breaks, bool byTheServersDeath)
    {
        const int Events = 50_000;
        await using var jobs = new NumberedJobs(_server.Url);
        await using var far = Far(jobs);
        var handlers = new NumberedHandlers();
        await using var processor = new JobEventProcessor(far, new JobEventProcessorOptions { Name = "billing", MaxDeliver = byTheServersDeath ? 5 : 2 });
        processor.AddHandlers(handlers);
        await processor.StartAsync(Token);
        await jobs.LogAsync(Events, Token);

        // What was on its way each time is no try, and comes again before what is new.
        for (var done = 1; done <= breaks; done++)
        {
            await HandledAsync(handlers, done * (Events / (breaks + 1)));
            if (byTheServersDeath)
                await _server.RestartAsync(Token);
            else
                _network.Reset();
        }

        await HandledAsync(handlers, Events);
        Assert.Empty(handlers.OutOfOrder);
        Assert.Empty(handlers.Late);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_lost_with_a_connection_comes_before_what_the_next_one_brings_also_when_that_breaks_too(bool breaksAgain)
    {
        // All of the first request for events, which the server goes on with as soon as the client is there again.
        (int Read, int Lost, int After) events = (30, 60, 10);
        await using var jobs = new NumberedJobs(_server.Url);
        await using var far = Far(jobs);
        var request = new DeliveryRequest("billing", new JobEventFilter { Service = "shop" }, JobEventStart.Beginning, TimeSpan.FromMinutes(5), DeliveryRequest.Unlimited);
        await using var deliveries = ((IDeliveringStore)far).DeliverAsync(request, Token).GetAsyncEnumerator(Token);
        var numbers = new List<int>();
        await jobs.LogAsync(events.Read, Token);
        await ReadAsync(1);

        _network.StopReading();
        await jobs.LogAsync(events.Lost, Token);
        _ = await jobs.Logger.FlushAsync(Token);
        var connections = _network.Accepted;
        _network.Reset();
        _network.ReadOn();
        await Eventually.TrueAsync(() => _network.Accepted > connections, Patience, "it connects again");
        await Task.Delay(TimeSpan.FromMilliseconds(500), Token);
        await jobs.LogAsync(events.After, Token);
        _ = await jobs.Logger.FlushAsync(Token);
        _network.BytesPerSecond = breaksAgain ? 20_000 : null;
        var all = events.Read + events.Lost + events.After;
        var reading = ReadAsync(all);
        if (breaksAgain)
        {
            await Eventually.TrueAsync(() => jobs.Log.Entries.Any(static entry => entry.Text.Contains("lost with the connection", StringComparison.Ordinal)), Patience, "they are asked for");
            await Task.Delay(TimeSpan.FromMilliseconds(800), Token);
            _network.Reset();
            _network.BytesPerSecond = null;
        }

        await reading;

        Assert.Equal(Enumerable.Range(0, all), numbers);

        async Task ReadAsync(int count)
        {
            while (numbers.Count < count && await deliveries.MoveNextAsync())
            {
                var (number, attempt) = (NumberedHandlers.NumberOf(deliveries.Current.Event!), deliveries.Current.Attempt);
                Assert.Equal(1, attempt);
                numbers.Add(number);
                await deliveries.Current.AcknowledgeAsync(Token);
            }
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task Over_a_network_that_falls_silent_a_processor_handles_each_event_and_those_that_arrive_at_once_in_their_jobs_order()
    {
        const int Events = 20_000;
        await using var jobs = new NumberedJobs(_server.Url);

        // Pings tell that a connection is silent: by default after a minute.
        await using var connection = new NatsConnection(
            new NatsOpts { Url = _network.Url, PingInterval = TimeSpan.FromSeconds(2), MaxReconnectRetry = -1 });
        await using var far = new JetStreamEventStore(connection, jobs.Options, new JetStreamOptions { Timeout = TimeSpan.FromSeconds(2) }, jobs.Log);
        var handlers = new NumberedHandlers();
        await using var processor = new JobEventProcessor(far, new JobEventProcessorOptions { Name = "billing", AckWait = TimeSpan.FromSeconds(5) });
        processor.AddHandlers(handlers);
        await processor.StartAsync(Token);
        _network.Latency = TimeSpan.FromMilliseconds(5);

        await jobs.LogAsync(Events, Token);
        await HandledAsync(handlers, 5_000);
        var connections = _network.Accepted;
        _network.Silence();
        await Eventually.TrueAsync(() => _network.Accepted > connections, Patience, "the silence is noticed");
        _network.ReadOn();

        await HandledAsync(handlers, Events);
        Assert.Empty(handlers.OutOfOrder);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_query_over_a_network_that_breaks_gives_each_event_once()
    {
        const int Events = 50_000;
        await using var jobs = new NumberedJobs(_server.Url);
        await jobs.LogAsync(Events, Token);
        _ = await jobs.Logger.FlushAsync(Token);
        await using var far = Far(jobs);

        var numbers = new List<int>(Events);
        await foreach (var jobEvent in far.QueryAsync(JobEventFilter.All, cancellationToken: Token))
        {
            numbers.Add(NumberedHandlers.NumberOf(jobEvent));
            if (numbers.Count is 5_000 or 20_000 or 35_000)
                _network.Reset();
        }

        Assert.True(_network.Accepted > 1, "no connection broke");
        Assert.Equal(Enumerable.Range(0, Events), numbers);
    }

    private static Task HandledAsync(NumberedHandlers handlers, int count) => Eventually.TrueAsync(
        () => handlers.Handled >= count, Patience, $"{count} events are handled");

    private static Task StoredAsync(NumberedJobs jobs, long more)
    {
        var stored = jobs.Logger.Meter.Stored;
        return Eventually.TrueAsync(() => jobs.Logger.Meter.Stored >= stored + more, Patience, "events are stored");
    }

    private JetStreamEventStore Far(NumberedJobs jobs) => new(
        jobs.Options, new JetStreamOptions { Url = _network.Url, Timeout = TimeSpan.FromSeconds(2) }, jobs.Log);

    private NumberedJobs Jobs(Action<JobEventLoggerOptions>? configure = null) => new(
        _network.Url, configure, options => (options.Timeout, options.MaxMessages) = (TimeSpan.FromSeconds(1), -1));
}
