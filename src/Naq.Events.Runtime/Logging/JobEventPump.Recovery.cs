using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Logging.Spooling;

namespace Naq.Events.Logging;

/// <content>Events of an earlier process that may have been sent by it: those that are stored already are not published again.</content>
internal sealed partial class JobEventPump
{
    private static bool HoldsSentBefore(ReadOnlySpan<BufferedEvent> batch)
    {
        foreach (var taken in batch)
        {
            if (taken.MaybeSentSince != 0)
                return true;
        }

        return false;
    }

    /// <summary>Ends those that are stored.</summary>
    /// <returns>How many are left in the batch, from its start on, in order.</returns>
    private async ValueTask<int> ResolveStoredAsync(BufferedEvent[] batch, int count)
    {
        var asked = batch[..count].Where(static taken => taken.MaybeSentSince != 0).ToList();
        var retry = Backoff.Forever(_options.RetryDelay, _timeProvider, (exception, delay) =>
            LoggingLog.StoreUnreachable(_log, exception.Message, delay.TotalSeconds));
        var found = await retry.ExecuteAsync(token => _publisher!.FindStoredAsync(asked, token), _stop.Token).ConfigureAwait(false);
        var stored = asked.FindAll(taken => found.Contains(taken.Id));
        if (stored.Count == 0)
            return count;

        // What is resolved is used again for other events: the batch keeps the others only.
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            if (!found.Contains(batch[i].Id) || batch[i].MaybeSentSince == 0)
                batch[left++] = batch[i];
        }

        SpoolLog.FoundStored(_log, stored.Count, asked.Count);
        Stored(CollectionsMarshal.AsSpan(stored));
        return left;
    }
}
