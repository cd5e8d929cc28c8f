using Microsoft.Extensions.Hosting;

namespace Naq.Events.Hosting;

/// <summary>Runs the projector of the job view beside the host's services.</summary>
internal sealed class JobViewHostedService(JobViewProjector projector) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => projector.StartAsync(cancellationToken).AsTask();

    public Task StopAsync(CancellationToken cancellationToken) => projector.StopAsync(cancellationToken).AsTask();
}
