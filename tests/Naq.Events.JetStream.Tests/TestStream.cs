using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Tests;

/// <summary>A stream and a subject prefix of one test's own, and a plain NATS client beside the store.</summary>
internal sealed class TestStream(string url) : IAsyncDisposable
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..12];
    private NatsConnection? _client;

    public string Url => url;

    public string Name => $"events_{_id}";

    public string Prefix => $"t{_id}.events";

    public TestLog Log { get; } = new();

    /// <summary>A plain client, with no code of ours.</summary>
    public NatsConnection Client => _client ??= new NatsConnection(new NatsOpts { Url = url });

    public NatsJSContext JetStream => new(Client);

    public NaqEventsOptions Options(string environment = "test", string service = "shop") =>
        new() { Environment = environment, Service = service, SubjectPrefix = Prefix };

    public JetStreamOptions StreamOptions(Action<JetStreamOptions>? configure = null)
    {
        var options = new JetStreamOptions { Url = url, StreamName = Name, MaxBytes = 64 * 1024 * 1024 };
        configure?.Invoke(options);
        return options;
    }

    public JetStreamEventStore Store(string environment = "test", string service = "shop", Action<JetStreamOptions>? configure = null) =>
        new(Options(environment, service), StreamOptions(configure), Log);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();

        ((IDisposable)Log).Dispose();
    }
}
