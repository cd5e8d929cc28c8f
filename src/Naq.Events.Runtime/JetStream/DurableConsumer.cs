using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Naq.Events.Processing;
using Naq.Events.Storage;

namespace Naq.Events.JetStream;

/// <summary>
/// The consumer that remembers, on the server, how far a processor of that name has come. One that is removed while it is in use
/// is created again from the last known acknowledged sequence on: some events may be delivered twice, none is left out.
/// </summary>
internal sealed class DurableConsumer(
    Consumers consumers, DeliveryRequest request, IReadOnlyCollection<string> subjects, ILogger logger, bool ofWorkQueue = false)
{
    private const int MostAttempts = 20;

    /// <summary>Where the consumer with the processor's name says into how many shares jobs are divided, if they are.</summary>
    private const string SharesKey = "naq_events_shares";

    private static readonly TimeSpan WaitBetweenAttempts = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private ulong? _acknowledged;
    private string? _created;
    private ulong _readUpTo;

    public string Name => request.Place;

    /// <summary>Where it began.</summary>
    public ulong FirstSequence { get; private set; } = 1;

    /// <summary>Creates it, or brings it up to the request. Where it stands is kept: a start is for a new name only.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
            if (await consumers.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } information)
            {
                ThrowIfSharedOtherwise(information["config"]!.AsObject());
                NoteLoss(information, state);
                await UpdateAsync(information["config"]!.DeepClone().AsObject(), cancellationToken).ConfigureAwait(false);
                Note(information);
                return;
            }

            var first = await FirstAsync(state, cancellationToken).ConfigureAwait(false);
            if (LossWatch.LostOf(first, ulong.MaxValue, state.First) is { } lost)
                TellLost(lost);

            if (await TryCreateAsync([], first, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Has it go on at the request's start, with all other shares: by making them anew, as many as the request says.</summary>
    public async ValueTask MoveAsync(CancellationToken cancellationToken)
    {
        var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
        var first = await LiveStart.FirstAsync(consumers, request.Start, state, cancellationToken).ConfigureAwait(false);
        var (shares, before) = (request.Share?.Count ?? 1, 1);
        if (await consumers.FindAsync(request.Name, cancellationToken).ConfigureAwait(false) is { } information)
            before = SharesOf(information["config"]!.AsObject());

        await MoveAsync(first, cancellationToken).ConfigureAwait(false);

        // A cancelled call must not leave some of them behind.
        for (var share = 1; share < shares; share++)
            await Of(share, request).MoveAsync(first, CancellationToken.None).ConfigureAwait(false);

        for (var share = shares; share < before; share++)
            await consumers.DeleteAsync(new JobShare(share, before).NameOf(request.Name), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Notes how far it has come, for the case that it is removed.</summary>
    public async ValueTask NoteProgressAsync(CancellationToken cancellationToken)
    {
        // In this order: what the stream had removed before the consumer had come to it, it never delivered.
        var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
        if (await consumers.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } information)
        {
            NoteLoss(information, state);
            Note(information);
            request.OnPending?.Invoke(information.Number("num_pending"));
            request.OnAnswer?.Invoke();
        }
    }

    /// <summary>Tells of removed sequences, each once.</summary>
    public void TellLost(SequenceRange lost)
    {
        lock (_gate)
        {
            if (lost.To <= _readUpTo)
                return;

            lost = lost with { From = Math.Max(lost.From, _readUpTo + 1) };
            _readUpTo = lost.To;
        }

        request.OnLost?.Invoke(new JobEventsLost(lost.From, lost.To, default));
    }

    private static int SharesOf(JsonObject configuration) =>
        int.TryParse((string?)configuration["metadata"]?[SharesKey], CultureInfo.InvariantCulture, out var shares) ? shares : 1;

    private DurableConsumer Of(int share, DeliveryRequest of) =>
        new(consumers, of with { Share = request.Share!.Value with { Index = share } }, subjects, logger);

    private async ValueTask MoveAsync(ulong first, CancellationToken cancellationToken)
    {
        var configuration = new JsonObject();
        var isRemoved = false;
        var attempt = 0;
        try
        {
            do
            {
                if (await consumers.FindAsync(Name, cancellationToken).ConfigureAwait(false) is not { } information)
                    continue;

                configuration = information["config"]!.DeepClone().AsObject();
                ThrowIfForeign(configuration);
                await consumers.DeleteAsync(Name, cancellationToken).ConfigureAwait(false);

                // A cancelled call must not leave the name without a position.
                cancellationToken = CancellationToken.None;
                isRemoved = true;
            }
            while (!await TryCreateAnewAsync(configuration, first, ++attempt, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (isRemoved && exception is not JobEventStoreException)
        {
            throw new JobEventStoreException(
                $"The position of the processor '{Name}' was removed, and could not be set anew: {exception.Message} Call SkipToAsync "
                + "again before a processor of that name is started; one that runs keeps the position that it had.",
                exception);
        }
    }

    private void NoteLoss(JsonObject information, StreamState state)
    {
        var delivered = information["delivered"]?.AsObject().Sequence("stream_seq") ?? 0;
        if (delivered > 0 && LossWatch.LostOf(delivered + 1, ulong.MaxValue, state.First) is { } lost)
            TellLost(lost);

        if (information.Number("num_pending") > 0)
            return;

        lock (_gate)
            _readUpTo = Math.Max(_readUpTo, state.Last);
    }

    // "New" and a time are made a sequence here: created again later, the consumer must not skip what came in between.
    private async ValueTask<ulong> FirstAsync(StreamState state, CancellationToken cancellationToken)
    {
        if (_acknowledged is { } acknowledged)
        {
            JetStreamLog.ConsumerRemoved(logger, Name, acknowledged + 1);
            return acknowledged + 1;
        }

        if (request.Share is not { Index: > 0 })
            return await LiveStart.FirstAsync(consumers, request.Start, state, cancellationToken).ConfigureAwait(false);

        // All shares begin where the first did, whenever a process comes to them.
        var first = Of(0, request with { OnLost = null });
        await first.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return first.FirstSequence;
    }

    private async ValueTask<bool> TryCreateAsync(JsonObject configuration, ulong first, CancellationToken cancellationToken)
    {
        foreach (var (setting, wanted) in Wanted())
            configuration[setting] = wanted!.DeepClone();

        _ = configuration.Remove("filter_subject");
        configuration["name"] = Name;
        configuration["durable_name"] = Name;
        configuration["description"] = "A processor of Naq.Events.";
        configuration["ack_policy"] = "explicit";
        configuration["replay_policy"] = "instant";

        SetShares(configuration);

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
        FirstSequence = first;
        JetStreamLog.ConsumerCreated(logger, Name, consumers.Stream, first);
        return true;
    }

    /// <summary>
    /// The same right after it was removed. A processor that runs makes it again at that moment, and a server that still removes its
    /// files leaves one without any, which has to be removed once more.
    /// </summary>
    private async ValueTask<bool> TryCreateAnewAsync(JsonObject configuration, ulong first, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await TryCreateAsync(configuration.DeepClone().AsObject(), first, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.ConsumerCreateFailed && attempt < MostAttempts)
        {
            await Task.Delay(WaitBetweenAttempts, consumers.Api.TimeProvider, cancellationToken).ConfigureAwait(false);
            await consumers.DeleteAsync(Name, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private void SetShares(JsonObject configuration)
    {
        var metadata = configuration["metadata"] as JsonObject ?? [];
        _ = metadata.Remove(SharesKey);
        if (request.Share is { } share)
            metadata[SharesKey] = share.Count.ToString(CultureInfo.InvariantCulture);

        if (metadata.Count > 0 && metadata.Parent is null)
            configuration["metadata"] = metadata;
    }

    private void ThrowIfSharedOtherwise(JsonObject configuration)
    {
        if (SharesOf(configuration) is var shares && shares != (request.Share?.Count ?? 1))
        {
            throw new JobEventStoreException(
                $"The jobs of the processor '{request.Name}' are divided into {shares} shares, and its Shares is {request.Share?.Count ?? 1}: each share has a position of its own. "
                + $"Set Shares to {shares}; or stop all of its processes, and call SkipToAsync on a processor with the new number, which sets one position for all.");
        }
    }

    private void ThrowIfForeign(JsonObject configuration)
    {
        if ((string?)configuration["ack_policy"] != "explicit" || configuration["deliver_subject"] is not null)
        {
            throw new JobEventStoreException(
                $"The consumer '{Name}' of the stream '{consumers.Stream}' was not made for a processor: it is a push consumer, or needs no "
                + "acknowledgement. Give the processor another name, or remove that consumer.");
        }
    }

    private async ValueTask UpdateAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        ThrowIfForeign(configuration);
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
        ["max_ack_pending"] = request.MaxUnacknowledged == DeliveryRequest.Unlimited ? -1 : request.MaxUnacknowledged,

        // The server's own limit counts crashes too, and then stops in silence: the processor counts.
        ["max_deliver"] = -1,
        ["filter_subjects"] = new JsonArray([.. subjects.Select(subject => JsonValue.Create(subject))]),
    };

    private static JsonNode? Filter(JsonObject configuration) => (string?)configuration["filter_subject"] is { Length: > 0 } one
        ? new JsonArray(one)
        : configuration["filter_subjects"];

    private void Note(JsonObject information)
    {
        FirstSequence = FirstOf(information);
        var created = (string?)information["created"];
        if (_created is not null && _created != created)
            _acknowledged = null; // Made anew elsewhere: what is known is of one that is gone.

        _created = created;
        var floor = information["ack_floor"]?.AsObject().Sequence("stream_seq") ?? 0;
        if (floor > 0 || _acknowledged is null)
            _acknowledged = Math.Max(floor, _acknowledged ?? FirstOf(information) - 1);
    }

    // A consumer that has acknowledged nothing yet has a floor of 0, wherever it starts.
    private static ulong FirstOf(JsonObject information) =>
        Math.Max(1, information["config"]!.AsObject().Sequence("opt_start_seq"));
}
