using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>A message as the stream's leader gives it (<c>STREAM.MSG.GET</c>), whether it is an event or not.</summary>
internal sealed record RawMessage(
    ulong Sequence, string Subject, DateTimeOffset StoredAt, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Data)
{
    /// <summary>Reads one message, or the next of a subject from its sequence on.</summary>
    /// <returns>The message, or <see langword="null"/> when there is none, or no stream.</returns>
    public static ValueTask<RawMessage?> FindAsync(
        JetStreamApi api, string stream, ulong sequence, string? nextBySubject, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["seq"] = sequence };
        if (nextBySubject is not null)
            request["next_by_subj"] = nextBySubject;

        return FindAsync(api, stream, request, cancellationToken);
    }

    /// <summary>Reads the last message of a subject.</summary>
    /// <returns>The message, or <see langword="null"/> when there is none, or no stream.</returns>
    public static ValueTask<RawMessage?> FindLastAsync(JetStreamApi api, string stream, string subject, CancellationToken cancellationToken) =>
        FindAsync(api, stream, new JsonObject { ["last_by_subj"] = subject }, cancellationToken);

    public string? Header(string name)
    {
        string? last = null;
        foreach (var (key, value) in Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                last = value;
        }

        return last;
    }

    private static async ValueTask<RawMessage?> FindAsync(
        JetStreamApi api, string stream, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await api.RequestAsync($"STREAM.MSG.GET.{stream}", request, cancellationToken).ConfigureAwait(false);
            var message = reply["message"]!.AsObject();
            return new RawMessage(
                message.Sequence("seq"),
                (string?)message["subject"] ?? "",
                DateTimeOffset.Parse((string?)message["time"] ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                HeadersOf((string?)message["hdrs"]),
                Convert.FromBase64String((string?)message["data"] ?? ""));
        }
        catch (JetStreamApiException refusal) when (refusal.ErrorCode is JetStreamError.MessageNotFound or JetStreamError.StreamNotFound)
        {
            return null;
        }
    }

    private static List<KeyValuePair<string, string>> HeadersOf(string? encoded)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (encoded is null)
            return headers;

        foreach (var line in Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split("\r\n").Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        return headers;
    }
}
