using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>A server of its own with the stream that our options make, empty before each sample; both sides publish into it.</summary>
internal sealed class StreamFixture : IAsyncDisposable
{
    private readonly NatsServer _server;
    private readonly NatsJSContext _jetStream;

    private StreamFixture(NatsServer server, JetStreamEventStore store, NatsConnection connection)
    {
        _server = server;
        Store = store;
        Connection = connection;
        _jetStream = new NatsJSContext(connection);
    }

    public static NaqEventsOptions Options => new() { Service = "bench" };

    /// <summary>Ours.</summary>
    public JetStreamEventStore Store { get; }

    /// <summary>The peer's connection.</summary>
    public NatsConnection Connection { get; }

    public static async Task<StreamFixture> StartAsync(bool synced, Action<JetStreamOptions> configure)
    {
        var server = await NatsServer.StartAsync(new NatsServerOptions { SyncInterval = synced ? "always" : null }).ConfigureAwait(false);
        var options = new JetStreamOptions { Url = server.Url, MaxMessages = -1, MaxBytes = -1 };
        configure(options);
        var store = new JetStreamEventStore(Options, options);
        await store.InitializeAsync().ConfigureAwait(false);
        var connection = new NatsConnection(new NatsOpts { Url = server.Url, SubPendingChannelCapacity = 65_536 });
        await connection.ConnectAsync().ConfigureAwait(false);
        return new StreamFixture(server, store, connection);
    }

    /// <summary>The subject that ours has for an event.</summary>
    public static string SubjectOf(string jobId) => $"naq.events.dev.bench.{jobId}.completed";

    /// <summary>Removes what earlier samples left.</summary>
    public async Task EmptyAsync() =>
        _ = await _jetStream.PurgeStreamAsync("naq_events", new StreamPurgeRequest()).ConfigureAwait(false);

    /// <summary>Fails unless exactly so many events are stored: a sample that lost some is none.</summary>
    public async Task CheckAsync(int count)
    {
        var stream = await _jetStream.GetStreamAsync("naq_events").ConfigureAwait(false);
        if (stream.Info.State.Messages != count)
            throw new InvalidOperationException($"{stream.Info.State.Messages} of {count} events are stored.");
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }
}
