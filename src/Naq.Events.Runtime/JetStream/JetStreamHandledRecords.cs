using System.Globalization;
using System.Text.Json.Nodes;
using Naq.Events.JetStream.Publishing;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Records of handled events, in the KV bucket <c>{stream}_handled</c> (ADR-8): empty values, of which the server removes each after its
/// time (ADR-43, from 2.11 on), or all after the longest that a processor asked for.
/// </summary>
internal sealed class JetStreamHandledRecords(
    Func<CancellationToken, ValueTask<JetStreamSession>> open, JetStreamOptions options, DeliveryRequest request) : IHandledRecords
{
    private volatile Bucket? _bucket;

    private TimeSpan Window => request.IdempotencyWindow!.Value;

    private string Name => $"{options.StreamName}_handled";

    private string Stream => $"KV_{Name}";

    public async ValueTask<bool> HasAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken)
    {
        // From the leader: a replica may lag behind a record of the process that died.
        var bucket = await BucketAsync(cancellationToken).ConfigureAwait(false);
        return await RawMessage.FindLastAsync(bucket.Api, Stream, SubjectOf(jobEvent, handler), cancellationToken).ConfigureAwait(false) is not null;
    }

    public async ValueTask AddAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken)
    {
        var bucket = await BucketAsync(cancellationToken).ConfigureAwait(false);
        var headers = new NatsHeaders();
        if (bucket.HasTtls)
            headers[MessageTtls.Header] = string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(Window.TotalSeconds)}s");

        try
        {
            _ = await bucket.Api.PublishAsync(SubjectOf(jobEvent, handler), headers, [], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // It may have been removed: the next looks.
            _bucket = null;
            throw;
        }
    }

    private string SubjectOf(JobEvent jobEvent, string handler) => $"$KV.{Name}.{HandledKey.Of(request.Name, jobEvent, handler)}";

    // Workers that begin at the same time may each prepare it, with the same result.
    private async ValueTask<Bucket> BucketAsync(CancellationToken cancellationToken) =>
        _bucket ??= await PrepareAsync(await open(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask<Bucket> PrepareAsync(JetStreamSession session, CancellationToken cancellationToken)
    {
        var hasTtls = session.Version >= ServerVersion.MessageTtl;
        var configuration = new JsonObject
        {
            ["name"] = Stream,
            ["description"] = "Which handlers are done with which events, for Naq.Events.",
            ["subjects"] = new JsonArray($"$KV.{Name}.>"),
            ["max_msgs_per_subject"] = 1,
            ["retention"] = "limits",
            ["discard"] = "new",
            ["storage"] = "file",
            ["num_replicas"] = options.Replicas,
            ["allow_direct"] = true,
            ["allow_rollup_hdrs"] = true,
        };
        Set(configuration, hasTtls);
        await session.Api.EnsureStreamAsync(configuration, cancellationToken).ConfigureAwait(false);
        var information = await session.Api.RequestAsync($"STREAM.INFO.{Stream}", null, cancellationToken).ConfigureAwait(false);
        var present = information["config"]!.DeepClone().AsObject();
        if (Set(present, hasTtls))
            _ = await session.Api.RequestAsync($"STREAM.UPDATE.{Stream}", present, cancellationToken).ConfigureAwait(false);

        return new Bucket(session.Api, hasTtls);
    }

    /// <returns>Whether something is other than it was: the bucket is of an older server, or of processors with shorter windows.</returns>
    private bool Set(JsonObject configuration, bool hasTtls)
    {
        if (hasTtls)
        {
            if ((bool?)configuration["allow_msg_ttl"] == true)
                return false;

            configuration["allow_msg_ttl"] = true;
            return true;
        }

        var window = StreamSettings.Nanoseconds(Window);
        if (configuration["max_age"] is not null && configuration.Number("max_age") >= window)
            return false;

        configuration["max_age"] = window;
        return true;
    }

    private sealed record Bucket(JetStreamApi Api, bool HasTtls);
}
