using System.Text.Json;
using CsCheck;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class RoundTripTests
{
    [Fact]
    public void Any_event_survives_a_round_trip() => EventGen.Event.Sample(static written =>
    {
        var read = JobEvent.Parse(written.ToUtf8Json()) with { Id = written.Id };
        Assert.Equal(written, read);
    });

    [Fact]
    public void Any_event_survives_a_round_trip_with_all_members_written() => EventGen.Event.Sample(static written =>
    {
        var read = JobEvent.Parse(written.ToUtf8Json(writeAllMembers: true)) with { Id = written.Id };
        Assert.Equal(written, read);
    });

    [Fact]
    public void Another_json_reader_sees_the_same_values() => EventGen.Event.Sample(static written =>
    {
        using var document = JsonDocument.Parse(written.ToUtf8Json());
        var root = document.RootElement;
        Assert.Equal("1.0", root.GetProperty("version").GetString());
        Assert.Equal(written.JobId, root.GetProperty("job_id").GetString());
        Assert.Equal(written.EventName, root.GetProperty("event_type").GetString());
        Assert.Equal(
            (decimal)(written.Timestamp - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond,
            root.GetProperty("timestamp").GetDecimal());
        Assert.Equal(written.WorkerId, Text(root, "worker_id"));
        Assert.Equal(written.Message, Text(root, "message"));
        Assert.Equal(written.ErrorMessage, Text(root, "error_message"));
        Assert.Equal(written.DurationMs, root.TryGetProperty("duration_ms", out var duration) ? duration.GetDouble() : null);
        Assert.Equal(
            written.Tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal),
            root.TryGetProperty("tags", out var tags)
                ? tags.EnumerateObject().Select(static tag => KeyValuePair.Create(tag.Name, tag.Value.GetString()!)).OrderBy(static tag => tag.Key, StringComparer.Ordinal)
                : []);
    });

    [Fact]
    public void Members_without_a_value_are_left_out() => Assert.Equal(
        """{"version":"1.0","job_id":"j","event_type":"started","timestamp":1634567890.123000}""",
        new JobEvent("j", JobEventType.Started)
        {
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1634567890123),
            Message = "",
            Details = JobEventFields.Parse(" { } "),
            Tags = new Dictionary<string, string>(),
        }.ToString());

    [Fact]
    public void All_members_are_written_on_demand_in_one_order()
    {
        using var document = JsonDocument.Parse(new JobEvent("j", "x") { QueueName = "q" }.ToUtf8Json(writeAllMembers: true));
        Assert.Equal(
            [
                "version", "job_id", "event_type", "timestamp", "worker_id", "worker_type", "queue_name", "message", "details",
                "error_type", "error_message", "duration_ms", "memory_mb", "cpu_time_ms", "tags", "metadata", "attempt", "run_id",
                "parent_id", "root_id", "correlation_id", "error_stack", "error_fingerprint",
            ],
            document.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("worker_id").ValueKind);
        Assert.Equal("{}", document.RootElement.GetProperty("details").GetRawText());
        Assert.Equal("{}", document.RootElement.GetProperty("tags").GetRawText());
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
