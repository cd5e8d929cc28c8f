using System.Runtime.CompilerServices;

namespace Naq.Events.Querying;

/// <summary>A subscription without all that is not an event.</summary>
internal static class SubscriptionEvents
{
    /// <summary>The events; whoever asks is told of losses on the way.</summary>
    public static async IAsyncEnumerable<JobEvent> EventsAsync(
        this IAsyncEnumerable<JobEventSubscriptionMessage> messages,
        Action<JobEventsLost>? onLost,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (message is JobEventReceived received)
                yield return received.Event;
            else if (message is JobEventsLost lost)
                onLost?.Invoke(lost);
        }
    }
}
