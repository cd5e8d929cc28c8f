using Naq.Events.Processing;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests;

/// <summary>A server that is killed, frozen or away: nothing is lost, nothing comes twice, the order stays.</summary>
public sealed class FaultTests : OwnServerTests
{
    private const int Deadline = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);


    [Theory(Timeout = Deadline)]
    [InlineData(PublishMode.Pipelined)]
    [InlineData(PublishMode.AtomicBatch)]
    public async Task A_server_killed_while_events_are_published_has_each_of_them_once_and_in_order(PublishMode mode)
    {
        await using var store = Stream.Store(configure: options => options.PublishMode = mode);
        await using var publishing = new NumberedPublishing(Stream, store);
        var all = publishing.PublishAsync(60_000, Token);
        for (var round = 1; round <= 3; round++)
        {
            var seen = publishing.Outcomes;
            await Eventually.TrueAsync(() => publishing.Outcomes > seen + 2_000, Patience, "events are acknowledged");
            Server.Kill();
            await Server.RestartAsync(Token);
        }

        await all;
        await Eventually.TrueAsync(() => publishing.Outcomes == 60_000, Patience, "every event has its outcome");

        Assert.Empty(publishing.Rejected);
        Assert.Equal(Enumerable.Range(0, 60_000), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_published_while_the_server_is_away_are_stored_when_it_is_back()
    {
        await using var store = Stream.Store();
        await using var publishing = new NumberedPublishing(Stream, store, options => options.RetryAttempts = 0);
        await publishing.PublishAsync(100, Token);
        await Eventually.TrueAsync(() => publishing.Outcomes == 100, null, "the first events are stored");

        Server.Kill();
        await publishing.PublishAsync(1_000, Token);
        await Eventually.TrueAsync(
            () => Stream.Log.Warnings.Count(text => text.StartsWith("Publishing to", StringComparison.Ordinal)) >= 3, Patience, "it is tried again and again");
        await Server.RestartAsync(Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 1_100, Patience, "every event has its outcome");
        Assert.Empty(publishing.Rejected);
        Assert.Equal(Enumerable.Range(0, 1_100), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_server_frozen_while_events_are_published_has_each_of_them_once_and_in_order()
    {
        await using var store = Stream.Store(configure: options => options.Timeout = TimeSpan.FromSeconds(1));
        await using var publishing = new NumberedPublishing(Stream, store);
        var all = publishing.PublishAsync(40_000, Token);
        await Eventually.TrueAsync(() => publishing.Outcomes > 2_000, Patience, "events are acknowledged");

        Server.Suspend();
        await Eventually.TrueAsync(
            () => Stream.Log.Warnings.Any(text => text.StartsWith("Publishing to", StringComparison.Ordinal)), Patience, "the silence is noticed");
        Server.Resume();

        await all;
        await Eventually.TrueAsync(() => publishing.Outcomes == 40_000, Patience, "every event has its outcome");
        Assert.Empty(publishing.Rejected);
        Assert.Equal(Enumerable.Range(0, 40_000), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_goes_on_over_restarts_of_the_server_with_no_gap_and_nothing_twice()
    {
        await using var store = Stream.Store();
        await using var publishing = new NumberedPublishing(Stream, store);
        await publishing.PublishAsync(100, Token);
        var read = new List<int>();
        var reading = Task.Run(
            async () =>
            {
                await foreach (var jobEvent in store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token))
                {
                    lock (read)
                        read.Add(int.Parse(jobEvent.Message!, System.Globalization.CultureInfo.InvariantCulture));

                    if (read.Count == 700)
                        return;
                }
            },
            Token);

        for (var round = 0; round < 3; round++)
        {
            await Eventually.TrueAsync(() => read.Count >= 100 + (round * 200), Patience, "the stream has caught up");
            Server.Kill();
            await publishing.PublishAsync(200, Token);
            await Server.RestartAsync(Token);
        }

        await reading.WaitAsync(Patience, TimeProvider.System, Token);
        Assert.Equal(Enumerable.Range(0, 700), read);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_stream_that_has_seen_nothing_yet_misses_nothing_over_a_restart()
    {
        await using var store = Stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started) { Message = "before" }], Token);
        await using var stream = store.StreamAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        var first = stream.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(async () => (await store.CheckHealthAsync(Token)).Consumers == 1, Patience, "the stream has begun");

        Server.Kill();
        await Server.RestartAsync(Token);
        await using (var other = Stream.Store())
            await other.AppendAsync([new JobEvent("job", JobEventType.Started) { Message = "after" }], Token);

        Assert.True(await first.WaitAsync(Patience, TimeProvider.System, Token));
        Assert.Equal("after", stream.Current.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_durable_subscriber_goes_on_over_a_restart()
    {
        await using var store = Stream.Store();
        await using var publishing = new NumberedPublishing(Stream, store);
        await publishing.PublishAsync(500, Token);
        await Eventually.TrueAsync(() => publishing.Outcomes == 500, Patience, "the events are stored");
        var seen = new HashSet<ulong>();
        await foreach (var delivery in Deliver(store, TimeSpan.FromSeconds(3)))
        {
            var isNew = seen.Add(delivery.Sequence);
            await delivery.AcknowledgeAsync(Token);
            if (isNew && seen.Count == 250)
            {
                Server.Kill();
                await Server.RestartAsync(Token);
            }

            if (seen.Count == 500)
                break;
        }

        Assert.Equal(500, seen.Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_consumer_that_is_removed_is_made_again_and_nothing_is_left_out()
    {
        await using var store = Stream.Store();
        await using var publishing = new NumberedPublishing(Stream, store);
        await publishing.PublishAsync(300, Token);
        await Eventually.TrueAsync(() => publishing.Outcomes == 300, Patience, "the events are stored");
        var seen = new HashSet<ulong>();
        await foreach (var delivery in Deliver(store, TimeSpan.FromSeconds(30)))
        {
            seen.Add(delivery.Sequence);
            await delivery.AcknowledgeAsync(Token);
            if (seen.Count == 150 && delivery.Delivery == 1 && delivery.Sequence == 150)
                await Stream.JetStream.DeleteConsumerAsync(Stream.Name, "reader", Token);

            if (seen.Count == 300)
                break;
        }

        Assert.Contains(Stream.Log.Warnings, text => text.StartsWith("The consumer reader was removed", StringComparison.Ordinal));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_that_is_removed_while_it_is_read_is_said()
    {
        await using var store = Stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        await using var stream = store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());

        await Stream.JetStream.DeleteStreamAsync(Stream.Name, Token);

        var failure = await Assert.ThrowsAsync<JobEventStoreException>(async () => await stream.MoveNextAsync());
        Assert.Contains(Stream.Name, failure.Message, StringComparison.Ordinal);
        Assert.Contains("removed", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task Every_operation_says_that_the_server_is_away()
    {
        await using var store = Stream.Store(configure: options => options.Timeout = TimeSpan.FromMilliseconds(500));
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        Server.Kill();

        var append = await Assert.ThrowsAsync<JobEventAppendException>(
            async () => await store.AppendAsync([new JobEvent("job", JobEventType.Completed)], Token));
        await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.CountAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token));
        await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.GetByTypeAsync("started", cancellationToken: Token).ToListAsync(Token));
        await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.StreamAsync(cancellationToken: Token).FirstAsync(Token));
        var health = await store.CheckHealthAsync(Token);

        Assert.Contains("0 of 1 events are known to be stored", append.Message, StringComparison.Ordinal);
        Assert.False(health.IsHealthy);
        await Server.RestartAsync(Token);
        await Eventually.TrueAsync(async () => (await store.CheckHealthAsync(Token)).IsHealthy, Patience, "the store recovers");
        await store.AppendAsync([new JobEvent("job", JobEventType.Completed)], Token);
        Assert.Equal(2, await store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_frozen_server_is_unhealthy_and_a_read_of_it_ends()
    {
        await using var store = Stream.Store(configure: options => options.Timeout = TimeSpan.FromMilliseconds(500));
        await store.InitializeAsync(Token);

        Server.Suspend();
        var health = await store.CheckHealthAsync(Token);
        await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token));
        Server.Resume();

        Assert.False(health.IsHealthy);
        Assert.Contains("did not answer in time", health.Description, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await store.CheckHealthAsync(Token)).IsHealthy, Patience, "the store recovers");
    }

    [Fact(Timeout = Deadline)]
    public async Task The_applications_own_connection_is_used_and_never_closed()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = Server.Url });
        await using (var store = new JetStreamEventStore(connection, Stream.Options(), Stream.StreamOptions(options => options.Url = "nats://unused:1")))
        {
            await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
            Assert.Single(await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token));
            Assert.Single(await store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).Take(1).ToListAsync(Token));
        }

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
        await connection.PingAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_disposed_store_ends_what_is_being_read()
    {
        var store = Stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        await using var stream = store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        var next = stream.MoveNextAsync().AsTask();

        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => next);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CountAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.AppendAsync([], Token));
    }

    private static IAsyncEnumerable<JobEventDelivery> Deliver(JetStreamEventStore store, TimeSpan ackWait) =>
        ((IDeliveringStore)store).DeliverAsync(new DeliveryRequest("reader", new JobEventFilter(), JobEventStart.Beginning, ackWait, 100), Token);
}
