using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Naq.Events.Testing;

/// <summary>A certificate of a test's own for localhost, in files, as a server is given one.</summary>
public sealed class TlsCertificate : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("naq-tls-").FullName;

    /// <summary>Makes one.</summary>
    /// <param name="host">The host that it is for; localhost and the loopback address by default.</param>
    /// <param name="daysLeft">How many days it is good for from now on, less than 0 when it has expired.</param>
    public TlsCertificate(string? host = null, int daysLeft = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? "localhost");
        if (host is null)
            names.AddIpAddress(IPAddress.Loopback);

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(daysLeft - 10), now.AddDays(daysLeft));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The certificate, which is its own authority.</summary>
    public string CertificateFile => Path.Combine(_directory, "server.pem");

    /// <summary>Its private key.</summary>
    public string KeyFile => Path.Combine(_directory, "server.key");

    /// <summary>A server's configuration with it.</summary>
    /// <param name="setting">More settings of the block.</param>
    public string Configuration(string setting = "") => $"tls {{ cert_file: \"{CertificateFile}\", key_file: \"{KeyFile}\"{setting} }}";

    /// <summary>Removes the files.</summary>
    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
