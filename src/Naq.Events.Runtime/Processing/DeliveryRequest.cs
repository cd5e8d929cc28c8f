namespace Naq.Events.Processing;

/// <summary>What a durable processor wants delivered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Filter">Which events.</param>
/// <param name="Start">Where a new name begins.</param>
/// <param name="AckWait">How long an event may take before it is delivered again.</param>
/// <param name="MaxUnacknowledged">The most events that are delivered and not yet acknowledged.</param>
internal sealed record DeliveryRequest(
    string Name, JobEventFilter Filter, JobEventStart Start, TimeSpan AckWait, int MaxUnacknowledged)
{
    /// <summary>No limit: who takes events takes no more than it can hold.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>Which part of the jobs; <see langword="null"/> for all.</summary>
    public JobShare? Share { get; init; }

    /// <summary>What its place in the stream is called.</summary>
    public string Place => Share?.NameOf(Name) ?? Name;

    /// <summary>Whether a job with a dead letter stands still.</summary>
    public bool StopsAtDeadLetters { get; init; }

    /// <summary>
    /// Whether no other process takes deliveries of the name now: what an earlier one had in hand comes before anything new.
    /// </summary>
    public bool TakesOver { get; init; }

    /// <summary>Whether more may be asked for; <see langword="null"/> for always.</summary>
    public Func<bool>? MayAsk { get; init; }

    /// <summary>Whether an acknowledgement is waited for until the server has it.</summary>
    public bool ConfirmsAcknowledgements { get; init; }

    /// <summary>How long handlers that are done with an event are remembered; <see langword="null"/> for not at all.</summary>
    public TimeSpan? IdempotencyWindow { get; init; }

    /// <summary>Told of events that had been removed before they were delivered.</summary>
    public Action<JobEventsLost>? OnLost { get; init; }

    /// <summary>Told from time to time how many wait to be delivered.</summary>
    public Action<long>? OnPending { get; init; }

    /// <summary>Told every few seconds that the store is there, by a store that can be away.</summary>
    public Action? OnAnswer { get; init; }

    /// <summary>How often a process says that it lives, for each event that it was given: two of three times may get lost.</summary>
    public static TimeSpan ExtendIntervalOf(TimeSpan ackWait) => ackWait / 3;

    /// <summary>What a processor's handlers want.</summary>
    public static DeliveryRequest Of(
        string name, JobEventProcessorOptions options, IReadOnlyList<IJobEventDispatcher> dispatchers, JobEventStart start) =>
        new(name, FilterOf(dispatchers, options.Service), start, options.AckWait, Unlimited)
        {
            Share = options.Shares > 1 ? new JobShare(0, options.Shares) : null,
            StopsAtDeadLetters = options.OnDeadLetter == JobEventDeadLetterOrder.ParkJob,
            TakesOver = options.Ordering == JobEventOrdering.PerJobAcrossInstances,
            ConfirmsAcknowledgements = options.ConfirmAcknowledgements,
            IdempotencyWindow = options.IdempotencyWindow,
        };

    /// <summary>The events that one of the handlers is for.</summary>
    public static JobEventFilter FilterOf(IReadOnlyList<IJobEventDispatcher> dispatchers, string? service)
    {
        var every = dispatchers.Any(static dispatcher => dispatcher.HandledEvents.Count == 0);
        return new JobEventFilter
        {
            EventNames = every ? [] : [.. dispatchers.SelectMany(static dispatcher => dispatcher.HandledEvents)],
            Service = service,
        };
    }

    /// <summary>The part of history that a filter means and that one of the handlers is for.</summary>
    /// <exception cref="ArgumentException">It is empty: no handler is for an event of the filter.</exception>
    public static JobEventFilter HistoryOf(JobEventFilter filter, IReadOnlyList<IJobEventDispatcher> dispatchers, string? service)
    {
        var handled = FilterOf(dispatchers, service);
        IReadOnlyCollection<string> names =
            filter.EventNames.Count == 0 ? handled.EventNames
            : handled.EventNames.Count == 0 ? filter.EventNames
            : [.. filter.EventNames.Intersect(handled.EventNames, StringComparer.Ordinal)];
        return names.Count > 0 || filter.EventNames.Count == 0
            ? filter with { EventNames = names, Service = filter.Service ?? service }
            : throw new ArgumentException(
                $"No handler of the processor is for {string.Join(" or ", filter.EventNames)}: it handles {string.Join(", ", handled.EventNames)}.",
                nameof(filter));
    }
}
