using Microsoft.Extensions.Options;

namespace Naq.Events.Hosting;

/// <summary>Checks options that are given to a constructor, as the host checks those it is given.</summary>
internal static class OptionsCheck
{
    private static readonly NaqEventsOptionsValidator Events = new();
    private static readonly JetStreamOptionsValidator JetStream = new();
    private static readonly InMemoryOptionsValidator InMemory = new();
    private static readonly JobEventProcessorOptionsValidator Processor = new();
    private static readonly JobViewProjectorOptionsValidator JobView = new();
    private static readonly JobWatchdogOptionsValidator Watchdog = new();

    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public static NaqEventsOptions Valid(NaqEventsOptions options) => Valid(Events, options);

    /// <inheritdoc cref="Valid(NaqEventsOptions)"/>
    public static JetStreamOptions Valid(JetStreamOptions options) => Valid(JetStream, options);

    /// <inheritdoc cref="Valid(NaqEventsOptions)"/>
    public static InMemoryOptions Valid(InMemoryOptions options) => Valid(InMemory, options);

    /// <inheritdoc cref="Valid(NaqEventsOptions)"/>
    public static JobEventProcessorOptions Valid(JobEventProcessorOptions options) => Valid(Processor, options);

    /// <inheritdoc cref="Valid(NaqEventsOptions)"/>
    public static JobViewProjectorOptions Valid(JobViewProjectorOptions options) => Valid(JobView, options);

    /// <inheritdoc cref="Valid(NaqEventsOptions)"/>
    public static JobWatchdogOptions Valid(JobWatchdogOptions options) => Valid(Watchdog, options);

    private static T Valid<T>(IValidateOptions<T> validator, T options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = validator.Validate(name: null, options);
        return result.Failed ? throw new ArgumentException(result.FailureMessage, nameof(options)) : options;
    }
}
