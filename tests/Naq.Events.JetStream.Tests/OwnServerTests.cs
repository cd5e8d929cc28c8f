using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests;

/// <summary>Tests that each have a server of their own, to kill and to freeze, with a stream on it.</summary>
public abstract class OwnServerTests : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected NatsServer Server { get; private set; } = null!;

    private protected TestStream Stream { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await NatsServer.StartAsync(cancellationToken: Token);
        Stream = new TestStream(Server.Url);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
