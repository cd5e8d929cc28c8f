using Naq.Events.Testing;

[assembly: AssemblyFixture(typeof(Naq.Events.JetStream.Tests.SharedServer))]

namespace Naq.Events.JetStream.Tests;

/// <summary>One server for all tests that do not harm it; each has a stream of its own there.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private NatsServer? _server;

    public string Url => _server!.Url;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
