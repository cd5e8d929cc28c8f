using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Security;

/// <summary>The ways to prove who one is: each lets the whole of the library through, and is refused in words when it is wrong.</summary>
public sealed class AuthenticationTests : IAsyncDisposable
{
    private const int Deadline = 60_000;
    private const string PublicKey = "UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B";
    private const string Seed = "SUAOBFVHF4ZWKTBJ6QP4C362WLBBBFIE7ENFTPYKUGZ3M2ESOXY353LXDI";
    private const string Users = """authorization { users: [ { user: "ann", password: "pass-4711" } ] }""";

    private readonly TestLog _log = new();
    private NatsServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Jwt => Path.Combine(RepositoryRoot.Find(), "tests", "Naq.Events.JetStream.Tests", "Security", "Jwt");

    [Fact(Timeout = Deadline)]
    public Task User_and_password() => WorksAsync(Users, new NatsAuthOpts { Username = "ann", Password = "pass-4711" });

    [Fact(Timeout = Deadline)]
    public Task Token_alone() => WorksAsync("""authorization { token: "token-4711" }""", new NatsAuthOpts { Token = "token-4711" });

    [Fact(Timeout = Deadline)]
    public Task NKey() => WorksAsync(
        $$"""authorization { users: [ { nkey: "{{PublicKey}}" } ] }""", new NatsAuthOpts { NKey = PublicKey, Seed = Seed });

    [Fact(Timeout = Deadline)]
    public async Task Jwt_in_a_credentials_file() =>
        await WorksAsync(await File.ReadAllTextAsync(Path.Combine(Jwt, "server.conf"), Token), new NatsAuthOpts { CredsFile = Path.Combine(Jwt, "user.creds") });

    [Fact(Timeout = Deadline)]
    public async Task User_and_password_in_the_address()
    {
        await StartAsync(Users);
        var url = _server!.Url.Replace("nats://", "nats://ann:pass-4711@", StringComparison.Ordinal);
        await using var store = new JetStreamEventStore(RoleWork.Options, new JetStreamOptions { Url = url }, _log);

        await RoleWork.LogAsync(store);
    }

    [Theory(Timeout = Deadline)]
    [InlineData("ann", "wrong")]
    [InlineData("bob", "pass-4711")]
    [InlineData(null, null)]
    public async Task What_is_wrong_is_refused_in_words_that_say_what_to_do(string? user, string? password)
    {
        await StartAsync(Users);

        var refusal = await Assert.ThrowsAsync<JobEventStoreException>(() => WorkAsync(new NatsAuthOpts { Username = user, Password = password }));

        Assert.Contains("refuses the connection", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Check the user and password, token or credentials", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_user_that_is_revoked_is_cut_off_and_nothing_is_lost_when_it_is_let_in_again()
    {
        var (granted, revoked) = (
            await File.ReadAllTextAsync(Path.Combine(Jwt, "server.conf"), Token), await File.ReadAllTextAsync(Path.Combine(Jwt, "revoked.conf"), Token));
        await StartAsync(granted);
        await using var connection = Connect(new NatsAuthOpts { CredsFile = Path.Combine(Jwt, "user.creds") });
        await using var store = RoleWork.Open(connection, _log);
        await using var logger = new JobEventLogger(store, RoleWork.Options);
        logger.Log(new JobEvent("job", JobEventType.Started));
        Assert.Equal(0, (await logger.FlushAsync(Token)).Remaining);

        await _server!.ReconfigureAsync(new NatsServerOptions { Configuration = revoked }, Token);
        logger.Log(new JobEvent("job", JobEventType.Completed));
        await Eventually.TrueAsync(
            () => _log.Warnings.Any(static warning => warning.Contains("refuses the connection", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20),
            "the refusal is logged");
        await _server.ReconfigureAsync(new NatsServerOptions { Configuration = granted }, Token);

        Assert.Equal(0, (await logger.FlushAsync(Token)).Remaining);
        Assert.Equal(2, await store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Both_sides_show_certificates()
    {
        using var certificate = new TlsCertificate();
        await StartTlsAsync(certificate, $", ca_file: \"{certificate.CertificateFile}\", verify: true");
        var own = new NatsTlsOpts { CaFile = certificate.CertificateFile, CertFile = certificate.CertificateFile, KeyFile = certificate.KeyFile, Mode = TlsMode.Require };

        await using (var connection = ConnectTls(own))
        await using (var store = RoleWork.Open(connection, _log))
            await RoleWork.LogAsync(store);

        await using var without = ConnectTls(own with { CertFile = null, KeyFile = null });
        await using var refused = RoleWork.Open(without, _log);
        _ = await Assert.ThrowsAsync<JobEventStoreException>(async () => await refused.InitializeAsync(Token));
    }

    [Theory(Timeout = Deadline)]
    [InlineData("other authority")]
    [InlineData("other host")]
    [InlineData("expired")]
    public async Task A_certificate_that_cannot_be_trusted_is_refused_and_the_message_speaks_of_tls(string kind)
    {
        using var certificate = kind switch
        {
            "other host" => new TlsCertificate(host: "nats.example"),
            "expired" => new TlsCertificate(daysLeft: -1),
            _ => new TlsCertificate(),
        };
        using var other = new TlsCertificate();
        await StartTlsAsync(certificate, "");
        await using var connection = ConnectTls(
            new NatsTlsOpts { CaFile = (kind == "other authority" ? other : certificate).CertificateFile, Mode = TlsMode.Require });
        await using var store = RoleWork.Open(connection, _log);

        var refusal = await Assert.ThrowsAsync<JobEventStoreException>(async () => await store.InitializeAsync(Token));

        Assert.Contains("TLS", refusal.Message, StringComparison.Ordinal);
        Assert.False((await store.CheckHealthAsync(Token)).IsHealthy);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        ((IDisposable)_log).Dispose();
    }

    private async Task WorksAsync(string configuration, NatsAuthOpts credentials)
    {
        await StartAsync(configuration);
        await WorkAsync(credentials);
        Assert.Empty(_log.Warnings);
    }

    private async Task WorkAsync(NatsAuthOpts credentials)
    {
        await using var connection = Connect(credentials);
        await using var store = RoleWork.Open(connection, _log);
        await store.InitializeAsync(Token);
        await RoleWork.LogAsync(store);
        await RoleWork.ReadAsync(store);
        await RoleWork.ProcessAsync(store, "billing");
    }

    private async Task StartAsync(string configuration) =>
        _server = await NatsServer.StartAsync(new NatsServerOptions { Configuration = configuration }, Token);

    private Task StartTlsAsync(TlsCertificate certificate, string setting) => StartAsync(certificate.Configuration(setting));

    private NatsConnection Connect(NatsAuthOpts credentials) => new(new NatsOpts { Url = _server!.Url, AuthOpts = credentials });

    private NatsConnection ConnectTls(NatsTlsOpts tls) => new(new NatsOpts
    {
        Url = _server!.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
        TlsOpts = tls,
    });
}
