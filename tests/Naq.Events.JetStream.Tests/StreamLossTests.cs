using Microsoft.Extensions.Diagnostics.HealthChecks;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Diagnostics;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests;

/// <summary>What the limits remove before it is read is told, logged and counted; a stream that is not the same any more ends a read.</summary>
public sealed class StreamLossTests(SharedServer server) : IAsyncDisposable
{
    private const int Deadline = 60_000;

    private readonly TestStream _stream = new(server.Url);
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _measured.Dispose();
        return _stream.DisposeAsync();
    }

    [Fact(Timeout = Deadline)]
    public async Task A_reader_that_the_limits_overtake_is_told_what_it_lost()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 100);
        await store.AppendAsync(Events(50), Token);
        var options = new JobEventSubscriptionOptions { Start = JobEventStart.Beginning, Capacity = 10 };
        await using var messages = store.SubscribeAsync(options: options, cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await messages.MoveNextAsync());

        await store.AppendAsync(Events(500), Token);
        var (received, lost) = (1L, 0L);

        // Not until it has caught up: while limits remove events, the server may say too early that none wait.
        while (received + lost < 550 && await messages.MoveNextAsync())
        {
            received += messages.Current is JobEventReceived ? 1 : 0;
            lost += messages.Current is JobEventsLost told ? told.Count : 0;
        }

        Assert.True(lost > 300, $"{lost} lost");
        Assert.Equal(550, received + lost);
        Assert.Equal(lost, (long)_measured.Of("naq.events.missed", "messaging.destination.name", _stream.Name).Sum(measured => measured.Value));
        Assert.Contains(_stream.Log.Warnings, text => text.Contains($"lost up to {lost} events", StringComparison.Ordinal));
        await AssertHealthTellsOfAsync(store, lost);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_live_processor_that_the_limits_overtake_is_told_what_it_lost()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 2_000);
        await store.AppendAsync(Events(1), Token);
        var (handled, lost, gate) = (0L, 0L, new TaskCompletionSource());
        var options = new JobEventProcessorOptions { MaxConcurrentHandlers = 1, OnEventsLost = told => Interlocked.Add(ref lost, told.Count) };
        await using var processor = new JobEventProcessor(store, options);
        processor.AddHandlers(new EveryHandlers(async (_, _, token) =>
        {
            await gate.Task.WaitAsync(token);
            _ = Interlocked.Increment(ref handled);
        }));
        await processor.StartAsync(Token);

        await store.AppendAsync(Events(20_000), Token);
        gate.SetResult();

        await Eventually.TrueAsync(
            () => Interlocked.Read(ref handled) + Interlocked.Read(ref lost) == 20_000, TimeSpan.FromSeconds(30), "every event is handled or told as lost");
        Assert.True(Interlocked.Read(ref lost) > 1_000, $"{lost} lost");
        await AssertHealthTellsOfAsync(store, Interlocked.Read(ref lost));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_processor_that_was_away_too_long_is_told_what_it_lost()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 100);
        await store.AppendAsync(Events(10), Token);
        var lost = new List<JobEventsLost>();
        var handled = 0;
        await RunAsync(10);
        await store.AppendAsync(Events(300), Token);

        await RunAsync(110);

        var told = Assert.Single(lost);
        Assert.Equal((11UL, 210UL, 200L), (told.From, told.To, told.Count));
        Assert.Contains(_stream.Log.Warnings, text => text.Contains("The processor 'slow'", StringComparison.Ordinal));

        async Task RunAsync(int until)
        {
            var request = new DeliveryRequest("slow", JobEventFilter.All, JobEventStart.Beginning, TimeSpan.FromSeconds(30), 50) { OnLost = lost.Add };
            await foreach (var delivery in ((IDeliveringStore)store).DeliverAsync(request, Token))
            {
                await delivery.AcknowledgeAsync(Token);
                if (++handled == until)
                    return;
            }
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_processor_that_the_limits_overtake_is_told_what_it_lost()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 100);
        await store.AppendAsync(Events(50), Token);
        var (received, lost) = (0L, 0L);
        var request = new DeliveryRequest("slow", JobEventFilter.All, JobEventStart.Beginning, TimeSpan.FromSeconds(30), 10)
        {
            OnLost = told => lost += told.Count,
        };
        await foreach (var delivery in ((IDeliveringStore)store).DeliverAsync(request, Token))
        {
            if (++received == 1)
                await store.AppendAsync(Events(500), Token);

            await delivery.AcknowledgeAsync(Token);
            if (delivery.Sequence == 550)
                break;
        }

        Assert.True(lost > 300, $"{lost} lost");
        Assert.Equal(550, received + lost);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_is_removed_while_it_is_read_ends_the_read(bool isMadeAgain)
    {
        await using var store = _stream.Store();
        await store.AppendAsync(Events(1), Token);
        await using var stream = store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        var next = stream.MoveNextAsync();

        _ = await _stream.JetStream.DeleteStreamAsync(_stream.Name, Token);
        if (isMadeAgain)
        {
            await using var other = _stream.Store();
            await other.AppendAsync(Events(20), Token);
        }

        var failure = await Assert.ThrowsAsync<JobEventStoreException>(async () => await next);
        Assert.Contains("removed", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_that_fills_up_before_its_age_is_warned_of_at_the_next_start()
    {
        await using (var first = _stream.Store(configure: options => options.MaxMessages = 200))
            await first.AppendAsync(Events(100), Token);

        Assert.Empty(_stream.Log.Warnings);
        await using var second = _stream.Store(configure: options => options.MaxMessages = 200);
        await second.InitializeAsync(Token);

        var warning = Assert.Single(_stream.Log.Warnings);
        Assert.Contains("100 events in", warning, StringComparison.Ordinal);
        Assert.Contains("Raise MaxMessages from 200 to ", warning, StringComparison.Ordinal);
    }

    private static async Task AssertHealthTellsOfAsync(JetStreamEventStore store, long lost)
    {
        var health = await store.CheckHealthAsync(Token);
        Assert.True(health.IsHealthy); // It can be read and written to all the same.
        Assert.Equal(lost, health.RecentlyLost);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("naq", new JobEventStoreHealthCheck(store), HealthStatus.Unhealthy, null) };
        var result = await new JobEventStoreHealthCheck(store).CheckHealthAsync(context, Token);
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains($"removed before they were read: up to {lost}", result.Description, StringComparison.Ordinal);
        Assert.Contains("Raise the limits", result.Description, StringComparison.Ordinal);
        Assert.Equal(lost, result.Data["recently_lost"]);
    }

    private static JobEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => new JobEvent("job", JobEventType.Started))];
}
