using Microsoft.Extensions.DependencyInjection;

namespace Naq.Events;

/// <summary>Configures Naq.Events in a container; <c>services.AddNaqEvents()</c> makes it.</summary>
/// <param name="services">The container's services.</param>
public sealed class NaqEventsBuilder(IServiceCollection services)
{
    /// <summary>The container's services.</summary>
    public IServiceCollection Services { get; } = services;
}
