using Microsoft.Extensions.DependencyInjection;

namespace Naq.Events.CompilerServices;

/// <content>Parameters that come from the services.</content>
public static partial class JobEventBinder
{
    /// <summary>A service of the delivery.</summary>
    /// <typeparam name="T">The service's type.</typeparam>
    /// <param name="context">The delivery.</param>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    public static T GetService<T>(JobEventContext context)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Services.GetRequiredService<T>();
    }

    /// <summary>A service of the delivery, or <see langword="null"/> when it is not registered.</summary>
    /// <typeparam name="T">The service's type.</typeparam>
    /// <param name="context">The delivery.</param>
    public static T? GetServiceOrNull<T>(JobEventContext context)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Services.GetService<T>();
    }
}
