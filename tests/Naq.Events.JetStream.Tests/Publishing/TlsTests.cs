using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Publishing;

/// <summary>Publishing under TLS: where NATS.Net puts it on the bare socket, events go through NATS.Net's own publish.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("naq-tls-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(TlsMode.Require, "")]
    [InlineData(TlsMode.Implicit, ", handshake_first: true")]
    public async Task Events_are_stored_in_order_over_an_encrypted_connection(TlsMode mode, string setting)
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await NatsServer.StartAsync(
            new NatsServerOptions
            {
                Configuration = $"tls {{ cert_file: \"{certificate}\", key_file: \"{key}\"{setting} }}",
                Greets = setting.Length == 0,
            },
            Token);
        await using var connection = new NatsConnection(new NatsOpts
        {
            Url = server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            TlsOpts = new NatsTlsOpts { CaFile = certificate, Mode = mode },
        });
        await using var stream = new TestStream(server.Url);
        await using var store = new JetStreamEventStore(connection, stream.Options(), stream.StreamOptions(), stream.Log);
        await using var publishing = new NumberedPublishing(stream, store);

        await publishing.PublishAsync(2_000, Token);
        await publishing.PublishAsync(publishing.Event(2_000, padding: 2_000_000), Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 2_001, TimeSpan.FromSeconds(30), "every event has its outcome");
        Assert.Contains("maximum payload", Assert.Single(publishing.Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 2_000), await publishing.StoredNumbersAsync(Token));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_directory, "server.pem"), Path.Combine(_directory, "server.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
