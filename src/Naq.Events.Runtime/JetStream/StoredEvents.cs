using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Naq.Events.Logging;

namespace Naq.Events.JetStream;

/// <summary>
/// Finds out which events the stream holds already, when the duplicate window is over and the server no longer tells. Nearly every
/// event has a subject of its own: its last message is the event, or there is none. Only where others of the same subject came after
/// it, these subjects are read from the time on at which the event can have been sent.
/// </summary>
internal sealed class StoredEvents(Consumers consumers, string prefix)
{
    private const int AskedAtOnce = 32;
    private const int SubjectsAtOnce = 200;

    // Of client and server, whose clocks need not agree.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<IReadOnlySet<Guid>> FindAsync(
        IReadOnlyList<BufferedEvent> events, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<Guid, bool>();
        var others = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var bySubject = events
            .GroupBy(static asked => Encoding.ASCII.GetString(asked.Subject.Span), StringComparer.Ordinal)
            .ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(bySubject, parallel, async (asked, token) =>
        {
            if (await LastIdAsync(asked.Key, token).ConfigureAwait(false) is not { } last)
                return;

            var isAsked = asked.Any(sent => sent.Id == last);
            if (isAsked)
                found[last] = true;

            if (!isAsked || asked.Skip(1).Any())
                others[asked.Key] = true;
        }).ConfigureAwait(false);

        if (!others.IsEmpty)
            await ReadAsync([.. others.Keys], since - ClockSkew, found, cancellationToken).ConfigureAwait(false);

        return found.Keys.ToHashSet();
    }

    /// <summary>The id of a subject's last message, empty when it has none; <see langword="null"/> when there is no message.</summary>
    private async ValueTask<Guid?> LastIdAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            // Asked of the leader, not of a replica that may lag behind.
            var reply = await consumers.Api.RequestAsync(
                $"STREAM.MSG.GET.{consumers.Stream}", new JsonObject { ["last_by_subj"] = subject }, cancellationToken).ConfigureAwait(false);
            return IdOf((string?)reply["message"]?["hdrs"]);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode is JetStreamError.MessageNotFound or JetStreamError.StreamNotFound)
        {
            return null;
        }
    }

    private async ValueTask ReadAsync(
        string[] subjects, DateTimeOffset since, ConcurrentDictionary<Guid, bool> found, CancellationToken cancellationToken)
    {
        var reader = new SubjectReader(consumers, prefix);
        foreach (var some in subjects.Chunk(SubjectsAtOnce))
        {
            await foreach (var message in reader.ReadAsync(new SubjectRead(some) { Start = ReadStart.StoredSince(since) }, cancellationToken).ConfigureAwait(false))
            {
                if (message.Event is { } stored)
                    found[stored.Id] = true;
            }
        }
    }

    private static Guid IdOf(string? headers)
    {
        if (headers is null)
            return Guid.Empty;

        foreach (var line in Encoding.UTF8.GetString(Convert.FromBase64String(headers)).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(StoredMessage.MessageIdHeader, StringComparison.OrdinalIgnoreCase))
                return Guid.TryParse(line.AsSpan(colon + 1).Trim(), out var id) ? id : Guid.Empty;
        }

        return Guid.Empty;
    }
}
