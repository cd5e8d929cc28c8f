using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>What can be wrong is said in one message that says what to do.</summary>
public sealed class BadInputTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact]
    public async Task No_server()
    {
        await using var store = _stream.Store(configure: options => options.Url = "nats://joe:secret@127.0.0.1:9");

        var message = await MessageAsync(store);

        Assert.Equal(
            "No NATS server can be reached at nats://127.0.0.1:9. Start one there (nats-server -js), or give the address of one that runs.", message);
        var health = await store.CheckHealthAsync(Token);
        Assert.False(health.IsHealthy);
        Assert.Equal(message, health.Description);
    }

    [Fact]
    public async Task No_address()
    {
        await using var store = _stream.Store(configure: options => options.Url = "nats://:::");

        Assert.Contains("is not the address of a NATS server", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var store = _stream.Store(configure: options =>
        {
            options.Url = $"nats://{listener.LocalEndpoint}";
            options.Timeout = TimeSpan.FromMilliseconds(500);
        });

        Assert.Contains("in time", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_wrong()
    {
        await using var guarded = await NatsServer.StartAsync(
            new NatsServerOptions { Configuration = "authorization { user: joe, password: right }" }, Token);
        await using var store = _stream.Store(configure: options => options.Url = guarded.Url.Replace("nats://", "nats://joe:wrong@", StringComparison.Ordinal));

        var message = await MessageAsync(store);

        Assert.StartsWith($"The NATS server at {guarded.Url} refuses the connection", message);
        Assert.DoesNotContain("wrong", message, StringComparison.Ordinal);
        await using var allowed = _stream.Store(configure: options => options.Url = guarded.Url.Replace("nats://", "nats://joe:right@", StringComparison.Ordinal));
        await allowed.InitializeAsync(Token);
    }

    [Fact]
    public async Task A_server_without_JetStream()
    {
        await using var plain = await NatsServer.StartAsync(new NatsServerOptions { JetStream = false }, Token);
        await using var store = _stream.Store(configure: options => options.Url = plain.Url);

        var message = await MessageAsync(store);

        Assert.Contains("JetStream", message, StringComparison.Ordinal);
        Assert.Contains("nats-server -js", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_JetStream()
    {
        await using var plain = await NatsServer.StartAsync(
            new NatsServerOptions { Configuration = "accounts { A { users: [{user: a, password: a}] }, B { jetstream: enabled, users: [{user: b, password: b}] } }" }, Token);
        await using var store = _stream.Store(configure: options => options.Url = plain.Url.Replace("nats://", "nats://a:a@", StringComparison.Ordinal));

        Assert.Contains("JetStream", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_use_the_API()
    {
        await using var guarded = await NatsServer.StartAsync(
            new NatsServerOptions { Configuration = "authorization { users: [{ user: joe, password: p, permissions: { publish: { deny: \"$JS.API.>\" } } }] }" }, Token);
        await using var store = _stream.Store(configure: options =>
        {
            options.Url = guarded.Url.Replace("nats://", "nats://joe:p@", StringComparison.Ordinal);
            options.Timeout = TimeSpan.FromMilliseconds(500);
        });

        Assert.Contains("may not publish to $JS.API.INFO", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_that_name_with_other_subjects()
    {
        await _stream.JetStream.CreateStreamAsync(new StreamConfig(_stream.Name, [$"{_stream.Prefix}.orders.>"]), Token);
        await using var store = _stream.Store();

        var message = await MessageAsync(store);

        Assert.StartsWith($"The stream '{_stream.Name}' on {server.Url} is for other subjects ({_stream.Prefix}.orders.>)", message);
        Assert.Contains("JetStreamOptions.StreamName", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subjects_that_another_stream_has()
    {
        await _stream.JetStream.CreateStreamAsync(new StreamConfig($"{_stream.Name}_other", [$"{_stream.Prefix}.>"]), Token);
        await using var store = _stream.Store();

        Assert.StartsWith(
            $"The subjects {_stream.Prefix}.*.*.*.* overlap with those of the stream '{_stream.Name}_other'", await MessageAsync(store));
    }

    [Fact]
    public async Task A_work_queue()
    {
        await _stream.JetStream.CreateStreamAsync(
            new StreamConfig(_stream.Name, [$"{_stream.Prefix}.*.*.*.*"]) { Retention = StreamConfigRetention.Workqueue }, Token);
        await using var store = _stream.Store();

        Assert.Contains("the retention 'workqueue'", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_in_memory()
    {
        await _stream.JetStream.CreateStreamAsync(
            new StreamConfig(_stream.Name, [$"{_stream.Prefix}.*.*.*.*"]) { Storage = StreamConfigStorage.Memory }, Token);
        await using var store = _stream.Store();

        Assert.Contains("is kept in memory", await MessageAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_without_a_cluster()
    {
        await using var store = _stream.Store(configure: options => options.Replicas = 3);

        Assert.StartsWith($"Replicas is 3, but the NATS server at {server.Url} is not part of a cluster", await MessageAsync(store));
    }

    [Fact]
    public async Task More_storage_than_there_is()
    {
        var directory = Directory.CreateTempSubdirectory("naq-small-");
        await using (var small = await NatsServer.StartAsync(
            new NatsServerOptions { JetStream = false, Configuration = $"jetstream {{ store_dir: \"{directory.FullName}\", max_file_store: 10MB }}" }, Token))
        await using (var store = _stream.Store(configure: options => options.Url = small.Url))
        {
            Assert.Contains("JetStreamOptions.MaxBytes", await MessageAsync(store), StringComparison.Ordinal);
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_window_of_duplicates_longer_than_the_events_are_kept()
    {
        await using var store = _stream.Store(configure: options => options.MaxAge = TimeSpan.FromMinutes(1));

        Assert.StartsWith("DuplicateWindow (00:02:00) is longer than MaxAge (00:01:00)", await MessageAsync(store));
    }

    [Fact]
    public void Names_that_are_none()
    {
        Assert.Throws<ArgumentException>("options", () => _stream.Store(environment: "prod.eu"));
        Assert.Throws<ArgumentException>("options", () => _stream.Store(service: "all"));
        Assert.Throws<ArgumentException>("options", () => _stream.Store(service: "*"));
        Assert.Throws<ArgumentException>("options", () => _stream.Store(configure: options => options.StreamName = "a.b"));
        Assert.Throws<ArgumentException>("options", () => new JetStreamEventStore(new NaqEventsOptions { SubjectPrefix = "a..b" }, _stream.StreamOptions()));
    }

    [Fact]
    public async Task A_failed_start_is_tried_again()
    {
        await _stream.JetStream.CreateStreamAsync(new StreamConfig(_stream.Name, [$"{_stream.Prefix}.orders.>"]), Token);
        await using var store = _stream.Store();
        await MessageAsync(store);

        await _stream.JetStream.DeleteStreamAsync(_stream.Name, Token);

        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        Assert.Equal(1, await store.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task A_consumer_of_that_name_that_is_not_a_processors()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);
        await _stream.JetStream.CreateOrUpdateConsumerAsync(
            _stream.Name, new ConsumerConfig("reader") { AckPolicy = ConsumerConfigAckPolicy.None }, Token);

        var request = new Processing.DeliveryRequest("reader", new JobEventFilter(), JobEventStart.Beginning, TimeSpan.FromSeconds(30), 10);
        await using var deliveries = ((Processing.IDeliveringStore)store).DeliverAsync(request, Token).GetAsyncEnumerator(Token);

        var failure = await Assert.ThrowsAsync<JobEventStoreException>(async () => await deliveries.MoveNextAsync());
        Assert.StartsWith("The consumer 'reader'", failure.Message);
    }

    private static async Task<string> MessageAsync(JetStreamEventStore store) =>
        (await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.InitializeAsync(Token))).Message;
}
