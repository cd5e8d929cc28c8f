using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Naq.Events;
using Naq.Events.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Naq.Events.</summary>
public static class NaqEventsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IJobEventLogger"/> and <see cref="IJobEventStore"/>, on the embedded store unless another is chosen,
    /// and has the host start and drain them. Options are validated at start-up.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static NaqEventsBuilder AddNaqEvents(this IServiceCollection services, Action<NaqEventsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddCheckedOptions<NaqEventsOptions, NaqEventsOptionsValidator>(configure);
        services.AddCheckedOptions<JobEventProcessorOptions, JobEventProcessorOptionsValidator>(configure: null);
        services.TryAddSingleton(static provider => new JobEventLogger(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetOptions<NaqEventsOptions>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IJobEventLogger>(static provider => provider.GetRequiredService<JobEventLogger>());
        services.TryAddSingleton(CreateProcessor);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, NaqEventsHostedService>(CreateHostedService));

        var builder = new NaqEventsBuilder(services);
        return services.Any(static service => service.ServiceType == typeof(IJobEventStore)) ? builder : builder.UseInMemory();
    }

    private static NaqEventsHostedService CreateHostedService(IServiceProvider provider)
    {
        // Options that are wrong are told of where there are no handlers yet, too.
        _ = provider.GetOptions<JobEventProcessorOptions>();
        return new NaqEventsHostedService(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetRequiredService<JobEventLogger>(),
            provider.GetServices<HandlerRegistration>().Any() ? provider.GetRequiredService<JobEventProcessor>() : null);
    }

    private static JobEventProcessor CreateProcessor(IServiceProvider provider)
    {
        var processor = new JobEventProcessor(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetOptions<JobEventProcessorOptions>(),
            provider,
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>());

        foreach (var registration in provider.GetServices<HandlerRegistration>())
            registration.Add(processor);

        return processor;
    }
}
