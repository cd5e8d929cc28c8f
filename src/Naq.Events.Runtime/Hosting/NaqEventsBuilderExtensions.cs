using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Naq.Events;
using Naq.Events.CompilerServices;
using Naq.Events.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the store of Naq.Events, and its handlers.</summary>
public static partial class NaqEventsBuilderExtensions
{
    /// <summary>Keeps events in this process's memory. The default.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets how much is kept.</param>
    public static NaqEventsBuilder UseInMemory(this NaqEventsBuilder builder, Action<InMemoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<InMemoryOptions, InMemoryOptionsValidator>(configure);
        return builder.UseStore(static provider => new InMemoryJobEventStore(
            provider.GetOptions<NaqEventsOptions>(),
            provider.GetOptions<InMemoryOptions>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Keeps events in a store of the application's own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">Makes the store; the container disposes it.</param>
    public static NaqEventsBuilder UseStore(this NaqEventsBuilder builder, Func<IServiceProvider, IJobEventStore> store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(store));
        return builder;
    }

    /// <summary>Has the host's processor give events to a handler class.</summary>
    /// <typeparam name="THandlers">A partial class with <see cref="OnJobEventAttribute"/> methods.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="lifetime">One object for all events by default; otherwise each event gets a service scope of its own.</param>
    public static NaqEventsBuilder AddHandlers<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandlers>(
        this NaqEventsBuilder builder, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where THandlers : class, IJobEventHandlers<THandlers>
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAdd(ServiceDescriptor.Describe(typeof(THandlers), typeof(THandlers), lifetime));
        builder.Services.AddSingleton(new HandlerRegistration(lifetime == ServiceLifetime.Singleton
            ? static processor => processor.AddHandlers<THandlers>()
            : static processor => processor.AddScopedHandlers<THandlers>()));
        return builder;
    }

    /// <summary>Sets how the host's processor handles events.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static NaqEventsBuilder ConfigureProcessor(this NaqEventsBuilder builder, Action<JobEventProcessorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }
}
