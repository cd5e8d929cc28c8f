using Microsoft.Extensions.Logging;

namespace Naq.Events.Processing;

/// <summary>What all lanes of a processor share.</summary>
/// <param name="Options">The processor's options.</param>
/// <param name="Policy">What a failure leads to.</param>
/// <param name="Dispatchers">Its handlers.</param>
/// <param name="Services">The application's services.</param>
/// <param name="GiveUp">Keeps, or reports, what is not tried again, and gives the delivery its outcome.</param>
/// <param name="Done">Told of each delivery that needs no more time.</param>
/// <param name="Log">The log.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record LaneContext(
    JobEventProcessorOptions Options,
    FailurePolicy Policy,
    IReadOnlyList<IJobEventDispatcher> Dispatchers,
    IServiceProvider Services,
    Func<JobEventDelivery, DeadLetterReason, CancellationToken, ValueTask> GiveUp,
    Action<JobEventDelivery> Done,
    ILogger Log,
    TimeProvider TimeProvider)
{
    /// <summary>Whether an event stays in hand until its next try; else the store delivers it again.</summary>
    public bool WaitsInHand { get; init; } = Options.OnRetry == JobEventRetryOrder.BlockJob;

    /// <summary>Which events are handled one after the other.</summary>
    public LaneOrder Order { get; } = LaneOrder.Of(Options, Dispatchers);

    /// <summary>Which jobs' events are parked; <see langword="null"/> where there is no order to keep.</summary>
    public IParkedJobs? ParkedJobs { get; init; }

    /// <summary>Which handlers are done with which events, in every process; <see langword="null"/> where that is not remembered.</summary>
    public IHandledRecords? Handled { get; init; }

    /// <summary>Until when events may be begun with; <see langword="null"/> for as long as the processor runs.</summary>
    public Fence? Fence { get; init; }

    /// <summary>What the store delivers again after a while.</summary>
    public DelayedDeliveries Delayed { get; } = new(Options.MostWaiting, TimeProvider);

    /// <summary>Told what the handlers made of a delivery, before the store is; <see langword="null"/> where nobody asks.</summary>
    public Action<JobEventDelivery, DeliveryVerdict>? OnVerdict { get; init; }

    /// <summary>Which handlers are done with events that come again.</summary>
    public CompletedHandlers Completed { get; } = new();

    /// <summary>Whether an event was delivered so often without an outcome that it is given up before a handler sees it.</summary>
    public bool HasNoOutcome(JobEventDelivery delivery) =>
        Policy.IsDurable && delivery.Attempt > Options.MaxDeliver && delivery.Attempt > MostAttempts(delivery.Event!);

    private int MostAttempts(JobEvent jobEvent)
    {
        var most = 0;
        for (var i = 0; i < Dispatchers.Count; i++)
            most = Math.Max(most, Dispatchers[i].MostAttempts(jobEvent, Policy));

        return most;
    }
}
