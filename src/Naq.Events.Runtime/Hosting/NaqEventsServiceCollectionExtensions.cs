using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NaqEventsOptions>, NaqEventsOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobEventProcessorOptions>, JobEventProcessorOptionsValidator>());
        var options = services.AddOptions<NaqEventsOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.AddOptions<JobEventProcessorOptions>().ValidateOnStart();
        services.TryAddSingleton(static provider => new JobEventLogger(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetRequiredService<IOptions<NaqEventsOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IJobEventLogger>(static provider => provider.GetRequiredService<JobEventLogger>());
        services.TryAddSingleton(CreateProcessor);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, NaqEventsHostedService>(static provider =>
            new NaqEventsHostedService(
                provider.GetRequiredService<IJobEventStore>(),
                provider.GetRequiredService<JobEventLogger>(),
                provider.GetServices<HandlerRegistration>().Any() ? provider.GetRequiredService<JobEventProcessor>() : null)));

        var builder = new NaqEventsBuilder(services);
        return services.Any(static service => service.ServiceType == typeof(IJobEventStore)) ? builder : builder.UseInMemory();
    }

    private static JobEventProcessor CreateProcessor(IServiceProvider provider)
    {
        var processor = new JobEventProcessor(
            provider.GetRequiredService<IJobEventStore>(),
            provider.GetRequiredService<IOptions<JobEventProcessorOptions>>().Value,
            provider,
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>());

        foreach (var registration in provider.GetServices<HandlerRegistration>())
            registration.Add(processor);

        return processor;
    }
}
