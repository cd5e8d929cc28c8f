using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Naq.Events.Hosting;

/// <summary>
/// Registers options under their own types. Otherwise the container makes <see cref="IOptions{TOptions}"/> and what it consists of from open
/// generics at run time, which was the most of what a worker compiled ahead of time did at its start beyond a bare one (docs/decisions/0031).
/// </summary>
internal static class OptionsRegistration
{
    /// <summary>Registers options that are checked where they are read, which is when the host starts.</summary>
    public static void AddCheckedOptions<TOptions, TValidator>(this IServiceCollection services, Action<TOptions>? configure)
        where TOptions : class, new()
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(new TValidator()));
        services.TryAddTransient<IOptionsFactory<TOptions>>(static provider => new OptionsFactory<TOptions>(
            provider.GetServices<IConfigureOptions<TOptions>>(),
            provider.GetServices<IPostConfigureOptions<TOptions>>(),
            provider.GetServices<IValidateOptions<TOptions>>()));
        services.TryAddSingleton(static provider =>
            Options.Create(provider.GetRequiredService<IOptionsFactory<TOptions>>().Create(Options.DefaultName)));
        _ = services.AddOptions();
        if (configure is not null)
            _ = services.Configure(configure);
    }

    /// <summary>The options, checked.</summary>
    /// <exception cref="OptionsValidationException">An option is not valid; the message says which.</exception>
    public static TOptions GetOptions<TOptions>(this IServiceProvider provider)
        where TOptions : class, new() =>
        provider.GetRequiredService<IOptions<TOptions>>().Value;
}
