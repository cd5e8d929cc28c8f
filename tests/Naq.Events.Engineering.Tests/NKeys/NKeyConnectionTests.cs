using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.Engineering.Tests.NKeys;

public sealed class NKeyConnectionTests
{
    private const string PublicKey = "UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B";
    private const string Seed = "SUAOBFVHF4ZWKTBJ6QP4C362WLBBBFIE7ENFTPYKUGZ3M2ESOXY353LXDI";
    private const string OtherSeed = "SUAAVWRZG6M5FA5VRRGWSCIHKTOJC7EWNIT4JV3FTOIPO4OBFR5WA7X5TE";

    [Fact]
    public async Task A_server_takes_the_user_by_its_seed()
    {
        await using var server = await StartAsync();
        await using var connection = Connect(server, Seed);

        await connection.ConnectAsync();

        Assert.True(await connection.PingAsync(TestContext.Current.CancellationToken) > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_server_refuses_another_seed()
    {
        await using var server = await StartAsync();
        await using var connection = Connect(server, OtherSeed);

        await Assert.ThrowsAnyAsync<NatsException>(async () => await connection.ConnectAsync());

        await Eventually.TrueAsync(
            () => server.Log.Contains("authentication error", StringComparison.OrdinalIgnoreCase), null, "the server says why");
    }

    private static Task<NatsServer> StartAsync() => NatsServer.StartAsync(
        new NatsServerOptions { JetStream = false, Configuration = $$"""authorization { users: [ { nkey: "{{PublicKey}}" } ] }""" },
        TestContext.Current.CancellationToken);

    private static NatsConnection Connect(NatsServer server, string seed) => new(new NatsOpts
    {
        Url = server.Url,
        AuthOpts = new NatsAuthOpts { NKey = PublicKey, Seed = seed },
    });
}
