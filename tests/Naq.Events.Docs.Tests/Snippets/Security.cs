using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;

namespace Naq.Events.Docs.Tests.Snippets;

internal static class Security
{
    public static void Connection(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<INatsConnection>(_ => new NatsConnection(new NatsOpts
        {
            Url = "tls://nats.example:4222",
            AuthOpts = new NatsAuthOpts { CredsFile = "/run/secrets/nats.creds" },
            TlsOpts = new NatsTlsOpts { CaFile = "/etc/ssl/nats-ca.pem", Mode = TlsMode.Require },
        }));
        builder.Services.AddNaqEvents().UseJetStream(services => services.GetRequiredService<INatsConnection>());
    }
}
