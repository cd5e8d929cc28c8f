using System.Buffers;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>A message's payload, read: an event, or what is malformed.</summary>
internal readonly record struct JobEventPayload(JobEvent? Event, string? Problem)
{
    /// <summary>Reads events straight from the connection's buffer.</summary>
    public static INatsDeserialize<JobEventPayload> Deserializer { get; } = new Reader();

    private sealed class Reader : INatsDeserialize<JobEventPayload>
    {
        public JobEventPayload Deserialize(in ReadOnlySequence<byte> buffer)
        {
            // Statuses of the server have no payload; a message that is empty is malformed.
            if (buffer.IsEmpty)
                return new JobEventPayload(null, "The payload is empty.");

            if (buffer.IsSingleSegment)
                return Read(buffer.FirstSpan);

            var length = (int)buffer.Length;
            var bytes = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                buffer.CopyTo(bytes);
                return Read(bytes.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        private static JobEventPayload Read(ReadOnlySpan<byte> utf8Json) =>
            JobEvent.TryParse(utf8Json, out var jobEvent, out var problem)
                ? new JobEventPayload(jobEvent, null)
                : new JobEventPayload(null, problem);
    }
}
