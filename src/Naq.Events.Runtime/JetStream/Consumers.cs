using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Naq.Events.JetStream;

/// <summary>Consumers that live as long as one read: in memory, without acknowledgements.</summary>
internal sealed class Consumers(JetStreamApi api, string stream, ILogger logger)
{
    // Long enough for a reader that pauses between two pulls; a process that dies leaves nothing behind for longer.
    private static readonly TimeSpan InactiveThreshold = TimeSpan.FromMinutes(2);

    public string Stream => stream;

    public JetStreamApi Api => api;

    /// <summary>What the stream holds now.</summary>
    public async ValueTask<StreamState> StateAsync(CancellationToken cancellationToken) =>
        StreamState.Of(await api.RequestAsync($"STREAM.INFO.{stream}", null, cancellationToken).ConfigureAwait(false));

    /// <summary>Makes a consumer, and says how many messages wait in it.</summary>
    public async ValueTask<(string Name, long Pending)> CreateAsync(
        IReadOnlyCollection<string> subjects, ReadStart start, CancellationToken cancellationToken, bool headersOnly = false)
    {
        var name = $"naq-read-{Guid.NewGuid():N}";
        var configuration = new JsonObject
        {
            ["name"] = name,
            ["deliver_policy"] = start.Policy,
            ["ack_policy"] = "none",
            ["max_deliver"] = 1,
            ["replay_policy"] = "instant",
            ["filter_subjects"] = new JsonArray([.. subjects.Select(subject => JsonValue.Create(subject))]),
            ["inactive_threshold"] = StreamSettings.Nanoseconds(InactiveThreshold),
            ["num_replicas"] = 1,
            ["mem_storage"] = true,
            ["headers_only"] = headersOnly,
        };
        start.Set(configuration);

        var reply = await CreateAsync(name, configuration, action: "create", cancellationToken).ConfigureAwait(false);
        return (name, reply.Number("num_pending"));
    }

    /// <summary>Makes or changes a consumer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="action"><c>create</c> or <c>update</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<JsonObject> CreateAsync(
        string name, JsonObject configuration, string action, CancellationToken cancellationToken) =>
        api.RequestAsync(
            $"CONSUMER.CREATE.{stream}.{name}",
            new JsonObject { ["stream_name"] = stream, ["config"] = configuration, ["action"] = action },
            cancellationToken);

    /// <summary>The first sequence that was stored at a time or later: where a consumer from that time on begins.</summary>
    public async ValueTask<ulong> FirstSequenceAsync(DateTimeOffset storedSince, CancellationToken cancellationToken)
    {
        var name = $"naq-time-{Guid.NewGuid():N}";
        var start = ReadStart.StoredSince(storedSince);
        var configuration = new JsonObject
        {
            ["name"] = name,
            ["deliver_policy"] = start.Policy,
            ["ack_policy"] = "none",
            ["inactive_threshold"] = StreamSettings.Nanoseconds(InactiveThreshold),
            ["num_replicas"] = 1,
            ["mem_storage"] = true,
        };
        start.Set(configuration);
        var reply = await CreateAsync(name, configuration, action: "create", cancellationToken).ConfigureAwait(false);
        await RemoveAsync(name).ConfigureAwait(false);
        return reply["delivered"] is JsonObject delivered ? delivered.Sequence("stream_seq") + 1 : 1;
    }

    /// <summary>What the server knows of a consumer, or <see langword="null"/> when there is none.</summary>
    public async ValueTask<JsonObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await api.RequestAsync($"CONSUMER.INFO.{stream}.{name}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.ConsumerNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes a consumer; that there is none is fine too.</summary>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            _ = await api.RequestAsync($"CONSUMER.DELETE.{stream}.{name}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.ConsumerNotFound)
        {
            // Somebody else was faster.
        }
    }

    /// <summary>Removes a consumer, as a courtesy: left alone, the server does it when the consumer has been idle for a while.</summary>
    public async ValueTask RemoveAsync(string name)
    {
        try
        {
            await DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            JetStreamLog.ClearingUpFailed(logger, exception, name);
        }
    }
}
