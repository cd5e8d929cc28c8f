using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// What the processors of one name gave back without having begun it. The server counts such a delivery as any other; who gives an
/// event up because of its count must not, or a few stops in a row would make dead letters of events that nobody ever tried. The notes
/// are in a stream of their own, <c>{stream}_given_back</c>: one for each stop that left something, and read only when an event comes again.
/// </summary>
internal sealed class GivenBack(
    JetStreamApi api, JetStreamOptions options, string prefix, string processor, string source, ILogger logger)
{
    private const int NotesKept = 1_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);
    private static readonly TimeSpan FreshTime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ulong, int> _counts = [];
    private long? _readAt;
    private ulong _next = 1;

    private string Stream => $"{options.StreamName}_given_back";

    private string Subject => $"{prefix}_given_back.{processor}.{source}";

    /// <summary>Notes what comes back untried. It is a note before it comes back, so that who gets it next can know.</summary>
    public async ValueTask NoteAsync(IEnumerable<ulong> sequences, CancellationToken cancellationToken)
    {
        var note = new JsonArray([.. sequences.Select(static sequence => JsonValue.Create(sequence))]);
        if (note.Count == 0)
            return;

        await api.EnsureStreamAsync(
            new JsonObject
            {
                ["name"] = Stream,
                ["description"] = "Deliveries of Naq.Events that were given back untried.",
                ["subjects"] = new JsonArray($"{prefix}_given_back.*.*"),
                ["retention"] = "limits",
                ["storage"] = "file",
                ["max_age"] = StreamSettings.Nanoseconds(MaxAge),
                ["max_msgs_per_subject"] = NotesKept,
                ["num_replicas"] = options.Replicas,
            },
            cancellationToken).ConfigureAwait(false);
        _ = await api.PublishAsync(Subject, [], Encoding.UTF8.GetBytes(note.ToJsonString()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many deliveries of a message came back untried; none when that cannot be known.</summary>
    public async ValueTask<int> CountAsync(ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            if (_readAt is not { } readAt || api.TimeProvider.GetElapsedTime(readAt) > FreshTime)
                await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"asking what {processor} had given back");
        }

        return _counts.GetValueOrDefault(sequence);
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = api.TimeProvider.GetTimestamp();
        while (await RawMessage.FindAsync(api, Stream, _next, Subject, cancellationToken).ConfigureAwait(false) is { } note)
        {
            foreach (var sequence in JsonNode.Parse(note.Data)!.AsArray())
                _counts[sequence!.GetValue<ulong>()] = _counts.GetValueOrDefault(sequence.GetValue<ulong>()) + 1;

            _next = note.Sequence + 1;
        }

        _readAt = readAt;
    }
}
