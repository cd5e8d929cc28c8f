using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Naq.Events.Processing;

namespace Naq.Events.JetStream;

/// <summary>
/// The consumer that remembers, on the server, how far a processor of that name has come. One that is removed while it is in use
/// is created again from the last known acknowledged sequence on: some events may be delivered twice, none is left out.
/// </summary>
internal sealed class DurableConsumer(
    Consumers consumers, DeliveryRequest request, IReadOnlyCollection<string> subjects, ILogger logger, bool ofWorkQueue = false)
{
    private ulong? _acknowledged;

    public string Name => request.Name;

    /// <summary>Creates it, or brings it up to the request. Where it stands is kept: a start is for a new name only.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await consumers.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } information)
            {
                await UpdateAsync(information["config"]!.DeepClone().AsObject(), cancellationToken).ConfigureAwait(false);
                Note(information);
                return;
            }

            if (await TryCreateAsync(cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Notes how far it has come, for the case that it is removed.</summary>
    public async ValueTask NoteProgressAsync(CancellationToken cancellationToken)
    {
        if (await consumers.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } information)
            Note(information);
    }

    private async ValueTask<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        var first = _acknowledged + 1 ?? request.Start.FirstSequence;
        if (_acknowledged is not null)
            JetStreamLog.ConsumerRemoved(logger, Name, first);

        // "New" is made a sequence here: created again later, the consumer must not skip what came in between.
        if (first == 0)
            first = (await consumers.StateAsync(cancellationToken).ConfigureAwait(false)).Last + 1;

        var configuration = Wanted();
        configuration["name"] = Name;
        configuration["durable_name"] = Name;
        configuration["description"] = "A processor of Naq.Events.";
        configuration["ack_policy"] = "explicit";
        configuration["replay_policy"] = "instant";

        // What a work queue holds is what is not acknowledged: the server refuses any other start.
        configuration["deliver_policy"] = ofWorkQueue ? "all" : "by_start_sequence";
        if (!ofWorkQueue)
            configuration["opt_start_seq"] = first;

        try
        {
            _ = await consumers.CreateAsync(Name, configuration, "create", cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.ConsumerExists)
        {
            return false;
        }

        _acknowledged = first - 1;
        JetStreamLog.ConsumerCreated(logger, Name, consumers.Stream, first);
        return true;
    }

    private async ValueTask UpdateAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        if ((string?)configuration["ack_policy"] != "explicit" || configuration["deliver_subject"] is not null)
        {
            throw new JobEventStoreException(
                $"The consumer '{Name}' of the stream '{consumers.Stream}' was not made for a processor: it is a push consumer, or needs no "
                + "acknowledgement. Give the processor another name, or remove that consumer.");
        }

        var changes = new List<(string Setting, string Old, string New)>();
        foreach (var (setting, wanted) in Wanted())
        {
            var present = setting == "filter_subjects" ? Filter(configuration) : configuration[setting];
            if (JsonNode.DeepEquals(present, wanted))
                continue;

            changes.Add((setting, present?.ToJsonString() ?? "none", wanted!.ToJsonString()));
            configuration[setting] = wanted.DeepClone();
        }

        if (changes.Count == 0)
            return;

        // The two forms of a filter exclude each other.
        if (configuration["filter_subjects"] is not null)
            _ = configuration.Remove("filter_subject");

        _ = await consumers.CreateAsync(Name, configuration, "update", cancellationToken).ConfigureAwait(false);
        foreach (var (setting, old, @new) in changes)
            JetStreamLog.ConsumerChanged(logger, Name, setting, old, @new);
    }

    private JsonObject Wanted() => new()
    {
        ["ack_wait"] = StreamSettings.Nanoseconds(request.AckWait),
        ["max_ack_pending"] = request.MaxUnacknowledged,

        // The server's own limit counts crashes too, and then stops in silence: the processor counts.
        ["max_deliver"] = -1,
        ["filter_subjects"] = new JsonArray([.. subjects.Select(subject => JsonValue.Create(subject))]),
    };

    private static JsonNode? Filter(JsonObject configuration) => (string?)configuration["filter_subject"] is { Length: > 0 } one
        ? new JsonArray(one)
        : configuration["filter_subjects"];

    private void Note(JsonObject information)
    {
        var floor = information["ack_floor"]?.AsObject().Sequence("stream_seq") ?? 0;
        if (floor > 0 || _acknowledged is null)
            _acknowledged = Math.Max(floor, _acknowledged ?? FirstOf(information) - 1);
    }

    // A consumer that has acknowledged nothing yet has a floor of 0, wherever it starts.
    private static ulong FirstOf(JsonObject information) =>
        Math.Max(1, information["config"]!.AsObject().Sequence("opt_start_seq"));
}
