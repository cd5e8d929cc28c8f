using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Naq.Events;
using Naq.Events.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>The watchdog.</content>
public static partial class NaqEventsBuilderExtensions
{
    /// <summary>
    /// Has the host watch the heartbeats of its service's jobs, or stand by while another process does: a job whose heartbeats stop gets a
    /// <c>stalled</c> event.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets when a job has stalled.</param>
    public static NaqEventsBuilder AddJobWatchdog(this NaqEventsBuilder builder, Action<JobWatchdogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<JobWatchdogOptions, JobWatchdogOptionsValidator>(configure);
        builder.Services.TryAddSingleton(static provider => new JobWatchdog(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetOptions<JobWatchdogOptions>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobWatchdogHostedService>());
        return builder;
    }
}
