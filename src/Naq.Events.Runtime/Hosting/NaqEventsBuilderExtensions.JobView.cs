using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Naq.Events;
using Naq.Events.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>The job view.</content>
public static partial class NaqEventsBuilderExtensions
{
    /// <summary>
    /// Has the host keep the job view of its JetStream store, or stand by while another process does. Lists of jobs read it with or without
    /// this call, wherever there is one.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets how the view is kept.</param>
    public static NaqEventsBuilder AddJobView(this NaqEventsBuilder builder, Action<JobViewProjectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<JobViewProjectorOptions, JobViewProjectorOptionsValidator>(configure);
        builder.Services.TryAddSingleton(static provider => new JobViewProjector(
            provider.GetRequiredService<IJobEventStore>() as JetStreamEventStore
                ?? throw new InvalidOperationException("A job view is of a stream in JetStream: call UseJetStream, or leave AddJobView out."),
            provider.GetOptions<JobViewProjectorOptions>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobViewHostedService>());
        return builder;
    }
}
