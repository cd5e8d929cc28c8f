using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace BareWorker;

/// <summary>Publishes as many events as the sample does with so many jobs, and says so with the same words.</summary>
internal sealed partial class PublishingWorker(IConfiguration configuration, ILogger<PublishingWorker> log) : BackgroundService
{
    private const int EventsOfJob = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = configuration["nats"] ?? "nats://localhost:4222" });
        var jetStream = new NatsJSContext(connection);
        _ = await jetStream.CreateOrUpdateStreamAsync(new StreamConfig("bare_events", ["bare.events.>"]), stoppingToken);
        var jobs = int.Parse(configuration["jobs"] ?? "1", CultureInfo.InvariantCulture);
        for (var i = 0; i < jobs * EventsOfJob; i++)
        {
            var (job, step) = (i / EventsOfJob, i % EventsOfJob);
            var payload = Encoding.UTF8.GetBytes(
                $$"""{"version":"1.0","job_id":"invoice-{{job:D6}}","event_type":"step_{{step}}","queue_name":"invoices","worker_type":"renderer"}""");
            var stored = await jetStream.PublishAsync(
                $"bare.events.{job:D6}.{step}",
                payload,
                NatsRawSerializer<byte[]>.Default,
                new NatsJSPubOpts { MsgId = Guid.CreateVersion7().ToString() },
                cancellationToken: stoppingToken);
            stored.EnsureSuccess();
            if (i == 0)
                FirstStored(log);
        }

        AllStored(log, jobs);
    }

    [LoggerMessage(LogLevel.Information, "The first invoice's events are stored.")]
    private static partial void FirstStored(ILogger logger);

    [LoggerMessage(LogLevel.Information, "All {Jobs} invoices' events are stored.")]
    private static partial void AllStored(ILogger logger, int jobs);
}
