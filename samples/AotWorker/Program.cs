// A worker service, compiled ahead of time: it renders invoices, one job each, logs what happens to them with Naq.Events, and
// books what the events say. SIGTERM or Ctrl+C ends it with everything stored and handled.
using AotWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Naq.Events;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddSimpleConsole(static console => console.SingleLine = true).AddFilter("NATS", LogLevel.Warning);

// 1. Where events go, and who handles them. The processor has a name: it goes on where it left off, in whichever process.
builder.Services
    .AddNaqEvents(static naq => naq.Service = "invoices")
    .UseJetStream(builder.Configuration["nats"] ?? "nats://localhost:4222")
    .AddHandlers<LedgerHandlers>()
    .ConfigureProcessor(static processor => processor.Name = "ledger");

// 2. Whether events get on, for whoever restarts workers or calls people; here a file that a probe can read.
builder.Services.AddHealthChecks()
    .AddCheck<JobEventLoggerHealthCheck>("naq-logger")
    .AddCheck<JobEventStoreHealthCheck>("naq-store")
    .AddCheck<JobEventProcessorHealthCheck>("naq-processor");
builder.Services
    .Configure<HealthCheckPublisherOptions>(static health =>
    {
        health.Delay = TimeSpan.FromSeconds(1);
        health.Period = TimeSpan.FromSeconds(10);
    })
    .AddSingleton<IHealthCheckPublisher, HealthFile>();

// 3. The jobs. When the host stops, the worker ends first; then the logger is drained, and the handlers see the last events.
builder.Services
    .AddSingleton(WorkerSettings.From(builder.Configuration))
    .AddSingleton<Ledger>()
    .AddHostedService<InvoiceWorker>();

using var metrics = new EventCounts();
using var host = builder.Build();
try
{
    await host.RunAsync();
}
catch (JobEventStoreException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

Console.WriteLine($"Stopped: {metrics.Logged} events logged, {metrics.Stored} stored, {metrics.Handled} handled, {metrics.Lost} lost.");
return metrics.Lost == 0 ? 0 : 1;
