namespace Naq.Events.Logging;

/// <summary>Told what became of the events that were published.</summary>
internal interface IPublishOutcomes
{
    /// <summary>The store acknowledged events. They must not be touched any more.</summary>
    void Stored(ReadOnlySpan<BufferedEvent> events);

    /// <summary>The store refused the event in every attempt. It must not be touched any more.</summary>
    void Rejected(BufferedEvent bufferedEvent, string reason);
}
