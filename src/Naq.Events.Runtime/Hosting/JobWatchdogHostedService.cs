using Microsoft.Extensions.Hosting;

namespace Naq.Events.Hosting;

/// <summary>Runs the watchdog beside the host's services.</summary>
internal sealed class JobWatchdogHostedService(JobWatchdog watchdog) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => watchdog.StartAsync(cancellationToken).AsTask();

    public Task StopAsync(CancellationToken cancellationToken) => watchdog.StopAsync(cancellationToken).AsTask();
}
