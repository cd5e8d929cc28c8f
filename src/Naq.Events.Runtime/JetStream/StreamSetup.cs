using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Naq.Events.JetStream;

/// <summary>Creates the stream, or brings the one that is there up to the options, and says what it changed.</summary>
internal sealed class StreamSetup(
    Consumers consumers, JetStreamOptions options, JobEventSubjects subjects, StreamFeatures features, string address, ILogger logger)
{
    private readonly JetStreamApi _api = consumers.Api;
    private readonly LimitReduction _reduction = new(consumers, options, subjects);

    private string Stream => options.StreamName;

    /// <exception cref="JobEventStoreException">The stream cannot be had; the message says why and what to do.</exception>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } information)
                {
                    // A copy of others is theirs to set up.
                    if (information["config"]!["mirror"] is not null || information["config"]!["sources"] is not null)
                        return;

                    information["config"] = await UpdateAsync(information, cancellationToken).ConfigureAwait(false);
                    if (StreamForecast.Warning(information, _api.TimeProvider.GetUtcNow()) is { } forecast)
                        JetStreamLog.StreamFillsUp(logger, Stream, forecast);

                    return;
                }

                if (await TryCreateAsync(cancellationToken).ConfigureAwait(false))
                    return;
            }
        }
        catch (Exception exception) when (JetStreamFailure.OfRequest(exception, address, $"The stream '{Stream}' cannot be set up") is { } failure)
        {
            throw failure;
        }
    }

    private async ValueTask<JsonObject?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _api.RequestAsync($"STREAM.INFO.{Stream}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.StreamNotFound)
        {
            return null;
        }
    }

    /// <summary>False when another process has created it meanwhile.</summary>
    private async ValueTask<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        var configuration = StreamSettings.Create(options, subjects, features);
        try
        {
            _ = await _api.RequestAsync($"STREAM.CREATE.{Stream}", configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.StreamNameInUse)
        {
            return false;
        }
        catch (JetStreamApiException refusal)
        {
            throw await ExplainAsync(refusal, cancellationToken).ConfigureAwait(false);
        }

        var settings = new List<string>();
        foreach (var (name, value) in StreamSettings.Updatable(options, subjects, features))
            settings.Add($"{name} {StreamSettings.Shown(name, value)}");

        JetStreamLog.StreamCreated(logger, Stream, address, $"subjects {subjects.Stream}, {string.Join(", ", settings)}");
        return true;
    }

    /// <summary>Gives the configuration as it is now.</summary>
    private async ValueTask<JsonObject> UpdateAsync(JsonObject information, CancellationToken cancellationToken)
    {
        var configuration = information["config"]!.DeepClone().AsObject();
        RefuseWhatCannotBeChanged(configuration);
        var state = information["state"]!.AsObject();
        var changes = new List<(string Setting, string Old, string New)>();
        foreach (var (setting, wanted) in StreamSettings.Updatable(options, subjects, features))
        {
            var present = configuration[setting];
            if (StreamSettings.Same(setting, present, wanted))
                continue;

            var change = (Setting: setting, Old: StreamSettings.Shown(setting, present), New: StreamSettings.Shown(setting, wanted));
            if (!await IsAllowedAsync(change, state, cancellationToken).ConfigureAwait(false))
                continue;

            changes.Add(change);
            configuration[setting] = wanted?.DeepClone();
        }

        if (changes.Count == 0)
            return configuration;

        try
        {
            _ = await _api.RequestAsync($"STREAM.UPDATE.{Stream}", configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal)
        {
            throw await ExplainAsync(refusal, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (setting, old, @new) in changes)
            JetStreamLog.StreamChanged(logger, Stream, address, setting, old, @new);

        return configuration;
    }

    private void RefuseWhatCannotBeChanged(JsonObject configuration)
    {
        var present = configuration["subjects"]?.AsArray().Select(subject => (string?)subject).ToArray() ?? [];
        if (present is not [var only] || only != subjects.Stream)
        {
            throw new JobEventStoreException(
                $"The stream '{Stream}' on {address} is for other subjects ({(present.Length == 0 ? "none" : string.Join(", ", present))}) than "
                + $"{subjects.Stream}. Give the events a stream of their own (JetStreamOptions.StreamName), or the prefix of that one "
                + "(NaqEventsOptions.SubjectPrefix).");
        }

        if ((string?)configuration["retention"] is not (null or "limits"))
        {
            throw new JobEventStoreException(
                $"The stream '{Stream}' on {address} has the retention '{(string?)configuration["retention"]}', under which events are removed as "
                + "they are read. Give the events a stream of their own (JetStreamOptions.StreamName).");
        }

        if ((string?)configuration["storage"] is not (null or "file"))
        {
            throw new JobEventStoreException(
                $"The stream '{Stream}' on {address} is kept in memory, and its events would not outlive the server. The storage of a stream "
                + "cannot be changed: remove it, or use another name (JetStreamOptions.StreamName).");
        }
    }

    /// <summary>Whether a change is made: one that would remove events only if that is allowed.</summary>
    private async ValueTask<bool> IsAllowedAsync(
        (string Setting, string Old, string New) change, JsonObject state, CancellationToken cancellationToken)
    {
        if (await _reduction.RemovedAsync(change.Setting, state, cancellationToken).ConfigureAwait(false) is not { } removed)
            return true;

        if (options.AllowDataLoss)
            JetStreamLog.StreamShrinks(logger, Stream, change.Setting, removed);
        else
            JetStreamLog.LimitKept(logger, Stream, change.Setting, change.Old, change.New, removed);

        return options.AllowDataLoss;
    }

    private async ValueTask<JobEventStoreException> ExplainAsync(JetStreamApiException refusal, CancellationToken cancellationToken) =>
        refusal.ErrorCode switch
        {
            JetStreamError.SubjectsOverlap => new JobEventStoreException(
                $"The subjects {subjects.Stream} overlap with those of {await OverlappingAsync(cancellationToken).ConfigureAwait(false)} on {address}, "
                + $"so the stream '{Stream}' cannot be created. Use that stream (JetStreamOptions.StreamName), another prefix "
                + "(NaqEventsOptions.SubjectPrefix), or remove it.",
                refusal),
            JetStreamError.ReplicasNotSupported => new JobEventStoreException(
                $"Replicas is {options.Replicas}, but the NATS server at {address} is not part of a cluster and can keep one copy only. Set "
                + "JetStreamOptions.Replicas to 1, or use a cluster.",
                refusal),
            JetStreamError.NoSuitablePeers => new JobEventStoreException(
                $"The cluster at {address} has no servers to keep {options.Replicas} copies of the stream '{Stream}': {refusal.Description}. Start "
                + "more servers, give them more storage, or lower JetStreamOptions.Replicas.",
                refusal),
            JetStreamError.StorageExceeded or JetStreamError.InsufficientResources => new JobEventStoreException(
                $"The NATS server at {address} has not the storage that the stream '{Stream}' asks for ({options.MaxBytes} bytes): "
                + $"{refusal.Description}. Lower JetStreamOptions.MaxBytes, or raise max_file_store in the server's configuration.",
                refusal),
            _ => JetStreamFailure.OfRequest(refusal, address, $"The stream '{Stream}' cannot be set up")!,
        };

    private async ValueTask<string> OverlappingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _api.RequestAsync("STREAM.NAMES", new JsonObject { ["subject"] = subjects.Stream }, cancellationToken)
                .ConfigureAwait(false);
            var names = reply["streams"]?.AsArray().Select(name => $"'{(string?)name}'").ToArray() ?? [];
            return names.Length == 0 ? "another stream" : $"the stream {string.Join(", ", names)}";
        }
        catch (Exception exception) when (exception is JetStreamApiException or NoAnswerException)
        {
            return "another stream";
        }
    }
}
