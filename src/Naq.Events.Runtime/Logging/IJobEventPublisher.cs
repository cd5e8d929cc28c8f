namespace Naq.Events.Logging;

/// <summary>The road from the logger's buffer into a store.</summary>
internal interface IJobEventPublisher : IAsyncDisposable
{
    /// <summary>The most bytes of an event with its headers that the store takes.</summary>
    int MaxEventBytes { get; }

    /// <summary>Whether events can be sent now.</summary>
    bool IsConnected => true;

    /// <summary>Finds out which events are in the store already, beyond the time that it knows ids by itself.</summary>
    /// <param name="events">Events that may have been sent before, with the earliest time of that in <see cref="BufferedEvent.MaybeSentSince"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ids of those that are there; none where a store cannot tell.</returns>
    ValueTask<IReadOnlySet<Guid>> FindStoredAsync(IReadOnlyList<BufferedEvent> events, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());

    /// <summary>
    /// Takes events over, in order, and returns as soon as they are under way. Calls do not overlap. Each event's outcome is
    /// reported once, at any time and from any thread; while the store cannot be reached it stays open, and this call waits when
    /// the window of unacknowledged events is full. After dispose no outcome is reported any more.
    /// </summary>
    /// <param name="events">The events; the memory is the caller's again when the call returns.</param>
    /// <param name="outcomes">Where outcomes are reported.</param>
    /// <param name="cancellationToken">Ends the wait; the events that were not taken over are then given back by none.</param>
    ValueTask PublishAsync(ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken);
}
