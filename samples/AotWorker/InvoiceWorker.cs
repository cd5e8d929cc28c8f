using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Naq.Events;

namespace AotWorker;

/// <summary>Renders invoices until the host stops. What is under way then is cancelled, which its events say.</summary>
internal sealed partial class InvoiceWorker(
    IJobEventLogger events, WorkerSettings settings, TimeProvider timeProvider, ILogger<InvoiceWorker> log) : BackgroundService
{
    private static readonly JobRunOptions Run = new() { QueueName = "invoices", WorkerType = "renderer" };

    private readonly string _batch = $"invoice-{timeProvider.GetUtcNow():yyyyMMddHHmmssfff}";
    private int _taken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first one alone: whether events can be stored is known before there are many.
        await RenderNextAsync(stoppingToken);
        var first = await events.FlushAsync(stoppingToken);
        if (first.Completed)
            FirstStored(log);

        await Task.WhenAll(Enumerable.Range(0, settings.Concurrency).Select(_ => Task.Run(() => RenderAsync(stoppingToken), stoppingToken)));
        var last = await events.FlushAsync(stoppingToken);
        if (last.Completed)
            AllStored(log, settings.Jobs);
    }

    private async Task RenderAsync(CancellationToken stop)
    {
        while (await RenderNextAsync(stop))
        {
            // Rendering never waits: without a pause, between two invoices the logger and the handlers have their turn.
            if (settings.Pause > TimeSpan.Zero)
                await Task.Delay(settings.Pause, timeProvider, stop);
            else
                await Task.Yield();
        }
    }

    /// <summary>Runs a job, unless it was the last.</summary>
    private async Task<bool> RenderNextAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _taken);
        if (settings.Jobs > 0 && number > settings.Jobs)
            return false;

        var invoice = new Invoice(number);
        var jobId = $"{_batch}-{number:D6}";
        try
        {
            // started, then completed, failed or cancelled, with duration, CPU time and memory.
            await events.RunJobAsync(jobId, Run, async (_, cancelled) =>
            {
                var rendered = invoice.Render();
                await Stream.Null.WriteAsync(rendered, cancelled);
                events.LogInvoiceRendered(jobId, invoice.Amount, invoice.Currency, rendered.Length);
            }, stop);
        }
        catch (InvalidDataException)
        {
            // That it failed, and why, its event says: the ledger's handlers see it.
        }

        return true;
    }

    [LoggerMessage(LogLevel.Information, "The first invoice's events are stored.")]
    private static partial void FirstStored(ILogger logger);

    [LoggerMessage(LogLevel.Information, "All {Jobs} invoices' events are stored.")]
    private static partial void AllStored(ILogger logger, int jobs);
}
