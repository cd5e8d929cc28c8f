using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// What the processors of one name gave back without having begun it. The server counts such a delivery as any other; who gives an
/// event up because of its count must not, or a few stops in a row would make dead letters of events that nobody ever tried. There is a note
/// for each stop that left something; they are read only when an event comes again.
/// </summary>
/// <param name="notes">The notes.</param>
/// <param name="source">The stream that is read.</param>
/// <param name="logger">Where it is logged that nothing can be known.</param>
internal sealed class GivenBack(ProcessorNotes notes, string source, ILogger logger)
{
    private static readonly TimeSpan FreshTime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ulong, int> _counts = [];
    private long? _readAt;
    private ulong _next = 1;

    /// <summary>Notes what comes back untried. It is a note before it comes back, so that who gets it next can know.</summary>
    public async ValueTask NoteAsync(IEnumerable<ulong> sequences, CancellationToken cancellationToken)
    {
        var note = new JsonArray();
        foreach (var sequence in sequences)
            note.Add((JsonNode)sequence);

        if (note.Count == 0)
            return;

        await notes.AddAsync(source, note.ToJsonString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many deliveries of a message came back untried; none when that cannot be known.</summary>
    public async ValueTask<int> CountAsync(ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            if (_readAt is not { } readAt || notes.Api.TimeProvider.GetElapsedTime(readAt) > FreshTime)
                await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NatsException or JetStreamApiException or NoAnswerException)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, $"asking what {notes.Processor} had given back");
        }

        return _counts.GetValueOrDefault(sequence);
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = notes.Api.TimeProvider.GetTimestamp();
        while (await notes.NextAsync(source, _next, cancellationToken).ConfigureAwait(false) is { } note)
        {
            foreach (var sequence in JsonNode.Parse(note.Data)!.AsArray())
                _counts[sequence!.GetValue<ulong>()] = _counts.GetValueOrDefault(sequence.GetValue<ulong>()) + 1;

            _next = note.Sequence + 1;
        }

        _readAt = readAt;
    }
}
