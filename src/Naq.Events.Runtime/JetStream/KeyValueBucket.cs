using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// A KV bucket (ADR-8), as the stream it is. A write names the revision that it replaces, and fails if that is not the latest any more.
/// </summary>
internal sealed class KeyValueBucket(JetStreamApi api, string name, string description, int replicas, ILogger logger)
{
    private const string OperationHeader = "KV-Operation";
    private const string ExpectedHeader = "Nats-Expected-Last-Subject-Sequence";

    private readonly string _prefix = $"$KV.{name}.";

    /// <summary>Consumers on the bucket.</summary>
    public Consumers Consumers { get; } = new(api, $"KV_{name}", logger);

    public string SubjectOf(string key) => _prefix + key;

    public string KeyOf(string subject) => subject[_prefix.Length..];

    /// <summary>Creates the bucket when it is not there.</summary>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => api.EnsureStreamAsync(
        new JsonObject
        {
            ["name"] = Consumers.Stream,
            ["description"] = description,
            ["subjects"] = new JsonArray($"{_prefix}>"),
            ["max_msgs_per_subject"] = 1,
            ["retention"] = "limits",
            ["discard"] = "new",
            ["storage"] = "file",
            ["num_replicas"] = replicas,
            ["allow_direct"] = true,
            ["allow_rollup_hdrs"] = true,
        },
        cancellationToken);

    /// <summary>The latest value of a key; none where there is no bucket.</summary>
    public async ValueTask<Revised<T>> FindAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        // From the leader: a replica may lag behind a write of this very process.
        var message = await RawMessage.FindLastAsync(api, Consumers.Stream, SubjectOf(key), cancellationToken).ConfigureAwait(false);
        if (message is null)
            return default;

        try
        {
            return new Revised<T>(message.Sequence, JsonSerializer.Deserialize(message.Data, type));
        }
        catch (JsonException)
        {
            // Somebody else wrote to the bucket: as if nothing were there, but for the revision.
            return new Revised<T>(message.Sequence, null);
        }
    }

    /// <returns>The new revision; 0 when another value was written since.</returns>
    public async ValueTask<ulong> PutAsync<T>(
        string key, T value, JsonTypeInfo<T> type, ulong replaced, bool isDeleted, CancellationToken cancellationToken)
    {
        var headers = new NatsHeaders { [ExpectedHeader] = replaced.ToString(CultureInfo.InvariantCulture) };
        if (isDeleted)
            headers[OperationHeader] = "DEL";

        try
        {
            return await api.PublishAsync(SubjectOf(key), headers, JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal)
            when (refusal.ErrorCode is JetStreamError.WrongLastSequence or JetStreamError.WrongLastSequenceConstant)
        {
            return 0;
        }
    }
}
