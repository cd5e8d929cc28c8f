using Microsoft.Extensions.Logging;

namespace Naq.Events.Processing;

/// <summary>What all lanes of a processor share.</summary>
/// <param name="Options">The processor's options.</param>
/// <param name="Policy">What a failure leads to.</param>
/// <param name="Dispatchers">Its handlers.</param>
/// <param name="Services">The application's services.</param>
/// <param name="DeadLettering">Where what is given up goes.</param>
/// <param name="Done">Told of each delivery that needs no more time.</param>
/// <param name="Log">The log.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record LaneContext(
    JobEventProcessorOptions Options,
    FailurePolicy Policy,
    IReadOnlyList<IJobEventDispatcher> Dispatchers,
    IServiceProvider Services,
    DeadLettering DeadLettering,
    Action<JobEventDelivery> Done,
    ILogger Log,
    TimeProvider TimeProvider)
{
    /// <summary>Which handlers are done with events that come again.</summary>
    public CompletedHandlers Completed { get; } = new();
}
