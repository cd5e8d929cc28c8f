using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;

namespace Naq.Events.Docs.Tests.Snippets;

internal static class Hosting
{
    public static void Readme(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents(o => { o.Environment = "prod"; o.Service = "shop"; })
            .UseJetStream("nats://localhost:4222")
            .AddHandlers<OrderHandlers>();
    }

    public static void Logging(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents(o =>
        {
            o.Service = "shop";
            o.Logger.MaxBufferSize = 50_000;
            o.Logger.OnLoss = loss => Console.Error.WriteLine($"{loss.EventIds.Count} events lost ({loss.Kind}): {loss.Reason}");
        });
    }

    public static void Spooling(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents(o =>
        {
            o.Logger.Overflow = JobEventOverflow.Spool;
            o.Logger.Spool.Directory = "/var/lib/shop/spool";
        });
    }

    public static void Redaction(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents(o =>
        {
            o.RedactedKeys.Add("iban");
            o.RedactedKeys.Add("card*number");
        });
    }

    public static void OwnConnection(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents().UseJetStream(services => services.GetRequiredService<INatsConnection>());
    }

    public static void StreamPerService(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents(o => o.Service = "shop")
            .UseJetStream("nats://localhost:4222", stream => stream.StreamPerService = true);
    }

    public static void JobView(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents().UseJetStream("nats://localhost:4222").AddJobView();
    }

    public static void Watchdog(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents().UseJetStream("nats://localhost:4222").AddJobWatchdog();
    }

    public static void Processing(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents()
            .AddHandlers<OrderHandlers>()
            .ConfigureProcessor(o => o.Name = "billing");
    }

    public static void Ordered(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents()
            .AddHandlers<OrderHandlers>()
            .ConfigureProcessor(o =>
            {
                o.Name = "billing";
                o.Ordering = JobEventOrdering.PerJobAcrossInstances;
            });
    }

    public static void Divided(HostApplicationBuilder builder)
    {
        builder.Services.AddNaqEvents()
            .AddHandlers<OrderHandlers>()
            .ConfigureProcessor(o =>
            {
                o.Name = "billing";
                o.Ordering = JobEventOrdering.PerJobAcrossInstances;
                o.Shares = 8;
            });
    }
}
