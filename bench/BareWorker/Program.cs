// The bare peer of samples/AotWorker: a worker service that creates the stream and awaits the publish of each event, with NATS.Net alone.
using BareWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddSimpleConsole(static console => console.SingleLine = true).AddFilter("NATS", LogLevel.Warning);
builder.Services.AddHostedService<PublishingWorker>();
using var host = builder.Build();
await host.RunAsync();
