using Microsoft.Extensions.Options;

namespace Naq.Events.Hosting;

/// <summary>Checks the options at start-up; most of it is generated from their attributes.</summary>
[OptionsValidator]
internal sealed partial class NaqEventsOptionsValidator : IValidateOptions<NaqEventsOptions>;

/// <inheritdoc cref="NaqEventsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JetStreamOptionsValidator : IValidateOptions<JetStreamOptions>;

/// <inheritdoc cref="NaqEventsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JobEventProcessorOptionsValidator : IValidateOptions<JobEventProcessorOptions>;

/// <inheritdoc cref="NaqEventsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class InMemoryOptionsValidator : IValidateOptions<InMemoryOptions>;

/// <inheritdoc cref="NaqEventsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JobViewProjectorOptionsValidator : IValidateOptions<JobViewProjectorOptions>;

/// <inheritdoc cref="NaqEventsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JobWatchdogOptionsValidator : IValidateOptions<JobWatchdogOptions>;
