using System.Text.Json;
using System.Text.RegularExpressions;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Samples.Tests;

/// <summary>An event as any NATS client reads it: none of our own code takes part.</summary>
internal sealed partial record StoredEvent(string Subject, string MessageId, JsonElement Json)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly HashSet<string> Members =
    [
        "version", "job_id", "event_type", "timestamp", "worker_id", "worker_type", "queue_name", "message", "details", "tags",
        "error_type", "error_message", "error_stack", "error_fingerprint", "duration_ms", "memory_mb", "cpu_time_ms", "metadata",
        "attempt", "run_id",
    ];

    public string JobId => Json.GetProperty("job_id").GetString()!;

    public string EventType => Json.GetProperty("event_type").GetString()!;

    public static async Task<IReadOnlyList<StoredEvent>> ReadAllAsync(NatsServer server, CancellationToken cancellationToken)
    {
        await using var connection = new NatsConnection(
            new NatsOpts { Url = server.Url, ConnectTimeout = Deadline, RequestTimeout = Deadline, CommandTimeout = Deadline });
        var stream = await new NatsJSContext(connection).GetStreamAsync("naq_events", cancellationToken: cancellationToken);
        var consumer = await stream.CreateOrderedConsumerAsync(cancellationToken: cancellationToken);
        var events = new List<StoredEvent>();
        await foreach (var message in consumer.ConsumeAsync<byte[]>(cancellationToken: cancellationToken))
        {
            var id = message.Headers!["Nats-Msg-Id"].ToString();
            events.Add(new StoredEvent(message.Subject, id, JsonDocument.Parse(message.Data!).RootElement.Clone()));
            if (events.Count == stream.Info.State.Messages)
                break;
        }

        return events;
    }

    /// <summary>Subject, header and JSON are as the design says.</summary>
    public void IsWellFormed(string service)
    {
        var tokens = Subject.Split('.');
        Assert.Equal(["naq", "events", "dev", service], tokens[..4]);
        Assert.Equal(6, tokens.Length);
        Assert.Matches(JobIdToken(), tokens[4]);
        Assert.Equal(JobId, Uri.UnescapeDataString(tokens[4]));
        Assert.Equal(EventType, tokens[5]);
        Assert.Equal(7, Guid.Parse(MessageId).Version);

        Assert.Equal("1.0", Json.GetProperty("version").GetString());
        var timestamp = Json.GetProperty("timestamp");
        Assert.Matches(UnixSeconds(), timestamp.GetRawText());
        var now = DateTimeOffset.UtcNow;
        Assert.InRange(DateTimeOffset.UnixEpoch.AddSeconds(timestamp.GetDouble()), now.AddMinutes(-10), now);
        foreach (var member in Json.EnumerateObject())
        {
            Assert.Contains(member.Name, Members);
            Assert.NotEqual(JsonValueKind.Null, member.Value.ValueKind);
        }
    }

    [GeneratedRegex("^([A-Za-z0-9_~-]|%[0-9A-F]{2})+$")]
    private static partial Regex JobIdToken();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]{1,6})?$")]
    private static partial Regex UnixSeconds();
}
