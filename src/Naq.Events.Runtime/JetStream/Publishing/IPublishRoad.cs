using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>How events get from a link to the server, and answers back.</summary>
internal interface IPublishRoad
{
    /// <summary>Subscribes to the answers.</summary>
    ValueTask ListenAsync(CancellationToken cancellationToken);

    /// <summary>Sends an event now or with the next flush. Calls do not overlap.</summary>
    ValueTask SendAsync(in SentEvent sent, bool withId, BatchPart? part);

    ValueTask FlushAsync();
}
