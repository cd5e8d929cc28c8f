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

    /// <summary>
    /// The last tries of events that a process died with run one at a time: when the next process dies, it is known which one of them it had begun with, and the
    /// others have their last try still.
    /// </summary>
    public ConcurrencyLimit LastTries { get; } = new(1);

    /// <summary>Whether an event has come again so often that this is its last try, or it had that before.</summary>
    public bool IsLastTry(JobEventDelivery delivery) =>
        delivery.Attempt > 1
        && delivery.Attempt >= Options.MaxDeliver
        && Policy.IsDurable
        && !delivery.IsTried
        && delivery.Attempt >= MostTries(delivery.Event!);

    /// <summary>Whether the last try of an event is counted by <see cref="LastTries"/>.</summary>
    /// <remarks>Where the store waits between tries, nobody can tell a failure from a death, and many may fail at once.</remarks>
    public bool IsLastTryAlone(JobEventDelivery delivery) => delivery.MayHaveKilled && WaitsInHand && IsLastTry(delivery);

    /// <summary>How many tries an event has, when nothing is known of what its handlers throw.</summary>
    public int MostTries(JobEvent jobEvent) => Math.Max(Options.MaxDeliver, MostAttempts(jobEvent));

    private int MostAttempts(JobEvent jobEvent)
    {
        var most = 0;
        for (var i = 0; i < Dispatchers.Count; i++)
            most = Math.Max(most, Dispatchers[i].MostAttempts(jobEvent, Policy));

        return most;
    }
}
