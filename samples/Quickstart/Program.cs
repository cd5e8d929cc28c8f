// Hashes every file under a folder, one job a file, and logs what happens to each job with Naq.Events.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Naq.Events;
using Quickstart;

const int Failure = 1;
const int Usage = 2;
const int Interrupted = 130;
var handlersTimeout = TimeSpan.FromSeconds(30);

if (!CommandLine.TryParse(args, out var options, out var exitCode))
    return exitCode;

var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Logging
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
    .AddFilter(null, LogLevel.None)
    .AddFilter("Naq.Events", LogLevel.Warning);

// 1. Where events go, under which names, and who handles them.
var events = builder.Services
    .AddNaqEvents(naq =>
    {
        naq.Environment = options.Environment;
        naq.Service = options.Service;

        // Every event is checked at the end: when the store is slow, they are to take memory rather than be dropped.
        naq.Logger.MaxBufferSize = 1_000_000;
    })
    .AddHandlers<LiveTotals>();

if (options.Nats is { } url)
    events.UseJetStream(url, stream => stream.StreamName = options.Stream);
else
    events.UseInMemory(memory => memory.MaxMessages = int.MaxValue);

builder.Services.AddSingleton<JobLog>().AddSingleton<FileQueue>().AddSingleton<FileWorkers>();
using var host = builder.Build();
try
{
    // 2. The host makes the store ready and starts the handlers' processor; at the end it drains both. Ctrl+C asks it to stop.
    var folder = SourceFolder.Scan(options.Folder);
    await host.StartAsync();
    try
    {
        Report.Heading(options, folder);
        return await RunAsync(folder, host.Services);
    }
    finally
    {
        await host.StopAsync();
    }
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return Usage;
}
catch (JobEventStoreException exception)
{
    Console.Error.WriteLine(exception.Message);
    return Failure;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the first job.");
    return Interrupted;
}

async Task<int> RunAsync(SourceFolder folder, IServiceProvider services)
{
    var stop = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    var totals = services.GetRequiredService<LiveTotals>();

    // 3. The jobs run, and log. The handlers see each event once it is stored.
    async Task<RunResult> WorkAsync()
    {
        var result = await services.GetRequiredService<FileWorkers>().RunAsync(folder.Files, options.Workers, stop);
        if (result.Flush.Completed)
            await totals.WaitForAsync(result.Events, handlersTimeout);

        return result;
    }

    var run = await Progress.ShowAsync(WorkAsync(), totals, folder.Files.Count);

    // 4. What was logged, what the store holds and what the handlers saw must be the same.
    var report = new Report(services.GetRequiredService<IJobEventStore>(), totals);
    var equal = await report.WriteAsync(run);
    return !equal ? Failure : run.Stopped ? Interrupted : 0;
}
