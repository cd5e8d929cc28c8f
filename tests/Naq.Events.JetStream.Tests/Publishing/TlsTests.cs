using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Publishing;

/// <summary>Publishing under TLS: where NATS.Net puts it on the bare socket, events go through NATS.Net's own publish.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TlsCertificate _certificate = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(TlsMode.Require, "", PublishMode.Auto)]
    [InlineData(TlsMode.Require, "", PublishMode.AtomicBatch)]
    [InlineData(TlsMode.Implicit, ", handshake_first: true", PublishMode.Auto)]
    public async Task Events_are_stored_in_order_over_an_encrypted_connection(TlsMode mode, string setting, PublishMode publishMode)
    {
        await using var server = await NatsServer.StartAsync(
            new NatsServerOptions
            {
                Configuration = _certificate.Configuration(setting),
                Greets = setting.Length == 0,
            },
            Token);
        await using var connection = Connect(server, mode);
        await using var stream = new TestStream(server.Url);
        await using var store = new JetStreamEventStore(connection, stream.Options(), stream.StreamOptions(options => options.PublishMode = publishMode), stream.Log);
        await using var publishing = new NumberedPublishing(stream, store);

        await publishing.PublishAsync(2_000, Token);
        await publishing.PublishAsync(publishing.Event(2_000, padding: 2_000_000), Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 2_001, TimeSpan.FromSeconds(30), "every event has its outcome");
        Assert.Contains("maximum payload", Assert.Single(publishing.Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 2_000), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Acknowledgements_are_heard_however_often_memory_is_collected()
    {
        await using var server = await NatsServer.StartAsync(new NatsServerOptions { Configuration = _certificate.Configuration() }, Token);
        await using var connection = Connect(server, TlsMode.Require);
        await using var stream = new TestStream(server.Url);
        await using var store = new JetStreamEventStore(connection, stream.Options(), stream.StreamOptions(), stream.Log);
        await using var publishing = new NumberedPublishing(stream, store);
        for (var round = 1; round <= 3; round++)
        {
            await publishing.PublishAsync(100, Token);
            await Eventually.TrueAsync(() => publishing.Outcomes == round * 100, TimeSpan.FromSeconds(30), "every event has its outcome");
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        Assert.Empty(stream.Log.Warnings);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(TlsMode.Require, "", PublishMode.Auto)]
    [InlineData(TlsMode.Require, "", PublishMode.AtomicBatch)]
    [InlineData(TlsMode.Implicit, ", handshake_first: true", PublishMode.Auto)]
    public async Task Messages_carry_the_time_of_their_name_over_an_encrypted_connection(TlsMode mode, string setting, PublishMode publishMode)
    {
        await using var server = await NatsServer.StartAsync(
            new NatsServerOptions { Configuration = _certificate.Configuration(setting), Greets = setting.Length == 0 }, Token);
        await using var connection = Connect(server, mode);
        await using var stream = new TestStream(server.Url);
        var settings = stream.StreamOptions(options =>
        {
            options.PublishMode = publishMode;
            options.Retention["dequeued"] = TimeSpan.FromHours(2);
        });
        await using var store = new JetStreamEventStore(connection, stream.Options(), settings, stream.Log);
        await using (var logger = new JobEventLogger(store, stream.Options()))
        {
            for (var i = 0; i < 100; i++)
                logger.Log(new JobEvent($"job-{i}", i % 2 == 0 ? "dequeued" : "started"));

            Assert.True((await logger.FlushAsync(Token)).Completed);
        }

        for (var sequence = 1; sequence <= 100; sequence++)
        {
            var stored = await connection.RequestAsync<string, byte[]>(
                $"$JS.API.DIRECT.GET.{stream.Name}", $$"""{"seq":{{sequence}}}""", replySerializer: NatsRawSerializer<byte[]>.Default, cancellationToken: Token);
            Assert.Equal(sequence % 2 == 1 ? "7200" : null, stored.Headers!.TryGetLastValue("Nats-TTL", out var ttl) ? ttl.ToString() : null);
        }
    }

    public void Dispose() => _certificate.Dispose();

    private NatsConnection Connect(NatsServer server, TlsMode mode) => new(new NatsOpts
    {
        Url = server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
        TlsOpts = new NatsTlsOpts { CaFile = _certificate.CertificateFile, Mode = mode },
    });
}
