using Naq.Events.Testing;

[assembly: AssemblyFixture(typeof(Naq.Events.JetStream.Tests.OldServer))]

namespace Naq.Events.JetStream.Tests;

/// <summary>A server of the oldest version that is supported.</summary>
public sealed class OldServer : IAsyncLifetime
{
    private NatsServer? _server;

    public string Url => _server!.Url;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(new NatsServerOptions { Version = "2.10" });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
