using System.Buffers;
using System.Text.Json;
using NATS.Client.Core;

namespace Naq.Events.JetStream.JobViews;

/// <summary>A message of the bucket as its consumer gives it; without an entry when it is a status of the server, or cannot be read.</summary>
internal readonly record struct JobViewPayload(JobViewEntry? Entry)
{
    public static INatsDeserialize<JobViewPayload> Deserializer { get; } = new Reader();

    public static JobViewPayload Of(in ReadOnlySequence<byte> data)
    {
        if (data.IsEmpty)
            return default;

        try
        {
            var reader = new Utf8JsonReader(data);
            return new JobViewPayload(JsonSerializer.Deserialize(ref reader, JobViewJson.Default.JobViewEntry));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private sealed class Reader : INatsDeserialize<JobViewPayload>
    {
        public JobViewPayload Deserialize(in ReadOnlySequence<byte> buffer) => Of(buffer);
    }
}
