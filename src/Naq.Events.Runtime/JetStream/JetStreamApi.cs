using System.Text;
using System.Text.Json.Nodes;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Requests to <c>$JS.API</c> as plain JSON objects: what this client does not know of a stream's configuration goes back to the
/// server as it came.
/// </summary>
internal sealed class JetStreamApi(INatsConnection connection, TimeSpan timeout, TimeProvider timeProvider)
{
    private const string Prefix = "$JS.API.";
    private const int MostBytesOfRefusal = 4096;

    public INatsConnection Connection => connection;

    public TimeSpan Timeout => timeout;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Subjects of the API, for requests with more than one answer.</summary>
    public static string SubjectOf(string request) => Prefix + request;

    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<JsonObject> RequestAsync(string request, JsonObject? body, CancellationToken cancellationToken) =>
        Checked(JsonNode.Parse(await AskAsync(request, body, cancellationToken).ConfigureAwait(false))!.AsObject());

    /// <summary>For answers that are too large to be taken apart into objects.</summary>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<byte[]> RequestBytesAsync(string request, JsonObject? body, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(request, body, cancellationToken).ConfigureAwait(false);

        // A refusal is short; an answer without one need not be looked through.
        if (reply.Length < MostBytesOfRefusal && reply.AsSpan().IndexOf("\"error\""u8) >= 0)
            _ = Checked(JsonNode.Parse(reply)!.AsObject());

        return reply;
    }

    /// <summary>Creates a stream when it is not there. One that has other settings keeps those of its operator.</summary>
    /// <param name="configuration">Its settings, its name among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    public async ValueTask EnsureStreamAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        try
        {
            _ = await RequestAsync($"STREAM.CREATE.{(string)configuration["name"]!}", configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode == JetStreamError.StreamNameInUse)
        {
            // It has other settings.
        }
    }

    /// <summary>Publishes one message to a stream, and returns when it is stored.</summary>
    /// <returns>Its sequence.</returns>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time, or no stream takes the subject.</exception>
    public async ValueTask<ulong> PublishAsync(string subject, NatsHeaders headers, byte[] payload, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(timeout, timeProvider, cancellationToken);
        try
        {
            var reply = await connection.RequestAsync<byte[], byte[]>(
                subject,
                payload,
                headers,
                requestSerializer: NatsRawSerializer<byte[]>.Default,
                replySerializer: NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = timeout, ThrowIfNoResponders = false },
                cancellationToken: deadline.Token).ConfigureAwait(false);
            if (reply.HasNoResponders)
                throw new NoAnswerException(subject, nobodyListens: true);

            return Checked(JsonNode.Parse(reply.Data ?? [])!.AsObject()).Sequence("seq");
        }
        catch (Exception exception) when (IsSilence(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new NoAnswerException(subject, nobodyListens: false);
        }
    }

    private async ValueTask<byte[]> AskAsync(string request, JsonObject? body, CancellationToken cancellationToken)
    {
        var payload = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        using var deadline = new Deadline(timeout, timeProvider, cancellationToken);
        try
        {
            var reply = await connection.RequestAsync<byte[], byte[]>(
                SubjectOf(request),
                payload,
                requestSerializer: NatsRawSerializer<byte[]>.Default,
                replySerializer: NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = timeout, ThrowIfNoResponders = false },
                cancellationToken: deadline.Token).ConfigureAwait(false);
            return reply.HasNoResponders
                ? throw new NoAnswerException(SubjectOf(request), nobodyListens: true)
                : reply.Data ?? [];
        }
        catch (Exception exception) when (IsSilence(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new NoAnswerException(SubjectOf(request), nobodyListens: false);
        }
    }

    private static bool IsSilence(Exception exception) =>
        exception is OperationCanceledException or NatsNoReplyException or NatsTimeoutException;

    private static JsonObject Checked(JsonObject reply) => reply["error"] is JsonObject error
        ? throw new JetStreamApiException(
            error.Number("code") is var code and > 0 ? (int)code : 500,
            (int)error.Number("err_code"),
            (string?)error["description"] ?? "no description")
        : reply;
}
