using Microsoft.Extensions.Hosting;
using Naq.Events.Storage;

namespace Naq.Events.Hosting;

/// <summary>
/// Makes the store ready and starts the processor before the application's own services, and stops them after these: the logger
/// is drained first, so that the processor still sees what the last jobs logged.
/// </summary>
internal sealed class NaqEventsHostedService(IJobEventStore store, JobEventLogger logger, JobEventProcessor? processor)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (store is IInitializingStore initializing)
            await initializing.InitializeAsync(cancellationToken).ConfigureAwait(false);

        if (processor is not null)
            await processor.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        _ = await logger.FlushInTimeAsync(cancellationToken).ConfigureAwait(false);
        if (processor is null)
            return;

        try
        {
            await processor.BeginAllAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await processor.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
