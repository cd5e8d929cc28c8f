using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <content>
/// What was sent before and has no answer may be stored. The server knows by its id for as long as the duplicate window; after that the
/// stream itself is asked.
/// </content>
internal sealed partial class JetStreamPublisher
{
    // Sending again takes time too.
    private const int ShareOfWindow = 2;

    private TimeSpan Remembered => _settings.DuplicateWindow / ShareOfWindow;

    public async ValueTask<IReadOnlySet<Guid>> FindStoredAsync(IReadOnlyList<BufferedEvent> events, CancellationToken cancellationToken)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(events.Min(static asked => asked.MaybeSentSince));

        // Without ids none can be found; and what was logged within the window is known to the server, if it is stored.
        return !_settings.SendIds || IsRemembered(since)
            ? new HashSet<Guid>()
            : await _settings.FindStoredAsync(events, since, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Before the window is sent again, over a new link: ends the events that are stored.</summary>
    private async ValueTask EndStoredAsync(int epoch, CancellationToken cancellationToken)
    {
        if (!_settings.SendIds)
            return;

        var now = _settings.TimeProvider.GetTimestamp();
        var before = now - (long)(Remembered.TotalSeconds * _settings.TimeProvider.TimestampFrequency);
        var sent = _window.FirstSentBefore(before, out var first);
        if (sent.Count == 0)
            return;

        var since = _settings.TimeProvider.GetUtcNow() - _settings.TimeProvider.GetElapsedTime(first, now);
        var found = await _settings.FindStoredAsync(sent.ConvertAll(static entry => entry.Event), since, cancellationToken).ConfigureAwait(false);
        var ended = new CompletedEvents();
        _window.CompleteUnsent(epoch, sent.FindAll(entry => found.Contains(entry.Event.Id)).ConvertAll(static entry => entry.Slot), ended);
        ended.ReportStored();
    }

    private bool IsRemembered(DateTimeOffset time)
    {
        var age = _settings.TimeProvider.GetUtcNow() - time;
        return age >= TimeSpan.Zero && age < Remembered;
    }
}
