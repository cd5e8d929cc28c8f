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
    /// <summary>What the last try of a message is noted under.</summary>
    public static string NameOf(string stream, ulong sequence) => string.Create(CultureInfo.InvariantCulture, $"{stream}_{sequence}");

    /// <summary>Begins with a last try, unless an earlier delivery had.</summary>
    /// <param name="name">What it is noted under.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="most">How many tries it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether a handler may have it.</returns>
    public async ValueTask<bool> TryBeginAsync(string name, JobEventDelivery delivery, int most, CancellationToken cancellationToken)
    {
        try
        {
            // One that does not come before this is of a time before the consumer was made anew, or moved back.
            if (await notes.LastAsync(name, cancellationToken).ConfigureAwait(false) is { } last
                && int.TryParse(last.Data, CultureInfo.InvariantCulture, out var begun)
                && begun < delivery.Delivery)
            {
                return false;
            }

            await notes.AddAsync(name, delivery.Delivery.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"noting the last try of an event of {notes.Processor}; its deliveries count as tries");
            return delivery.Attempt <= most;
        }
    }

    /// <summary>A stop has cut a last try short: whoever is given the event next may begin with it again.</summary>
    public ValueTask TakeBackAsync(string name, CancellationToken cancellationToken) => notes.AddAsync(name, "", cancellationToken);
}
