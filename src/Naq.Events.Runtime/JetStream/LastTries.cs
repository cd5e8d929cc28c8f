using System.Globalization;
using Microsoft.Extensions.Logging;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Notes that the handlers begin with the last try of an event. The server counts deliveries to processes that died of something else too, which had it in hand
/// and had not begun with it: only who finds the note of an earlier delivery knows that the event was begun with, and that nobody lived to tell of it.
/// </summary>
internal sealed class LastTries(ProcessorNotes notes, ILogger logger)
{
    /// <summary>Begins with a last try, unless an earlier delivery had.</summary>
    /// <param name="stream">The message's stream.</param>
    /// <param name="sequence">The message's sequence.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="most">How many tries it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether a handler may have it.</returns>
    public async ValueTask<bool> TryBeginAsync(
        string stream, ulong sequence, JobEventDelivery delivery, int most, CancellationToken cancellationToken)
    {
        // A note for each event, where the first try is the last, would cost more than what it tells.
        if (most == 1)
            return delivery.Attempt <= most;

        var about = string.Create(CultureInfo.InvariantCulture, $"{stream}_{sequence}");
        try
        {
            // One that does not come before this is of a time before the consumer was made anew, or moved back.
            if (await notes.LastAsync(about, cancellationToken).ConfigureAwait(false) is { } last
                && int.TryParse(last.Data, CultureInfo.InvariantCulture, out var begun)
                && begun < delivery.Delivery)
            {
                return false;
            }

            await notes.AddAsync(about, delivery.Delivery.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"noting the last try of an event of {notes.Processor}; its deliveries count as tries");
            return delivery.Attempt <= most;
        }
    }
}
