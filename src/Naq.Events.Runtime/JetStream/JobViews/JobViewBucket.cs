using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// The KV bucket <c>{stream}_jobs</c> (ADR-8), as the stream it is. A write names the revision that it replaces, and fails if that is not
/// the latest any more.
/// </summary>
internal sealed class JobViewBucket(JetStreamApi api, JetStreamOptions options, ILogger logger)
{
    private const string OperationHeader = "KV-Operation";
    private const string ExpectedHeader = "Nats-Expected-Last-Subject-Sequence";

    private readonly string _prefix = $"$KV.{options.StreamName}_jobs.";

    /// <summary>Consumers on the bucket.</summary>
    public Consumers Consumers { get; } = new(api, $"KV_{options.StreamName}_jobs", logger);

    public string SubjectOf(string key) => _prefix + key;

    public string KeyOf(string subject) => subject[_prefix.Length..];

    /// <summary>Creates the bucket when it is not there.</summary>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => api.EnsureStreamAsync(
        new JsonObject
        {
            ["name"] = Consumers.Stream,
            ["description"] = "The job view of Naq.Events.",
            ["subjects"] = new JsonArray($"{_prefix}>"),
            ["max_msgs_per_subject"] = 1,
            ["retention"] = "limits",
            ["discard"] = "new",
            ["storage"] = "file",
            ["num_replicas"] = options.Replicas,
            ["allow_direct"] = true,
            ["allow_rollup_hdrs"] = true,
        },
        cancellationToken);

    /// <summary>Where the view has come to; no value where there is no view.</summary>
    public ValueTask<Revised<JobViewPosition>> FindPositionAsync(CancellationToken cancellationToken) =>
        FindAsync(JobViewKey.Position, JobViewJson.Default.JobViewPosition, cancellationToken);

    public ValueTask<Revised<JobViewEntry>> FindEntryAsync(string key, CancellationToken cancellationToken) =>
        FindAsync(key, JobViewJson.Default.JobViewEntry, cancellationToken);

    /// <returns>The new revision; 0 when another value was written since.</returns>
    public ValueTask<ulong> PutPositionAsync(JobViewPosition position, ulong replaced, CancellationToken cancellationToken) =>
        PutAsync(JobViewKey.Position, JsonSerializer.SerializeToUtf8Bytes(position, JobViewJson.Default.JobViewPosition), replaced, isDeleted: false, cancellationToken);

    /// <returns>The new revision; 0 when another value was written since.</returns>
    public ValueTask<ulong> PutEntryAsync(string key, JobViewEntry entry, ulong replaced, CancellationToken cancellationToken) =>
        PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(entry, JobViewJson.Default.JobViewEntry), replaced, isDeleted: entry.Job is null, cancellationToken);

    /// <summary>Removes all entries of an epoch.</summary>
    public async ValueTask PurgeAsync(long epoch, CancellationToken cancellationToken) =>
        _ = await new MessageRemoval(Consumers).PurgeAsync([SubjectOf(JobViewKey.Wildcard(epoch))], storedBefore: null, cancellationToken)
            .ConfigureAwait(false);

    private async ValueTask<Revised<T>> FindAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
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

    private async ValueTask<ulong> PutAsync(string key, byte[] value, ulong replaced, bool isDeleted, CancellationToken cancellationToken)
    {
        var headers = new NatsHeaders { [ExpectedHeader] = replaced.ToString(CultureInfo.InvariantCulture) };
        if (isDeleted)
            headers[OperationHeader] = "DEL";

        try
        {
            return await api.PublishAsync(SubjectOf(key), headers, value, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal)
            when (refusal.ErrorCode is JetStreamError.WrongLastSequence or JetStreamError.WrongLastSequenceConstant)
        {
            return 0;
        }
    }
}
