using System.Runtime.CompilerServices;

namespace Naq.Events.Querying;

/// <summary>A subscription without all that is not an event.</summary>
internal static class SubscriptionEvents
{
    public static async IAsyncEnumerable<JobEvent> EventsAsync(
        this IAsyncEnumerable<JobEventSubscriptionMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (message is JobEventReceived received)
                yield return received.Event;
        }
    }
}
