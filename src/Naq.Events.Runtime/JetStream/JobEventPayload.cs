using System.Buffers;
using Naq.Events.Querying;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>A message's payload, read: an event, or what is malformed, or neither when it is one that is not wanted.</summary>
internal readonly record struct JobEventPayload(JobEvent? Event, string? Problem)
{
    /// <summary>Reads events straight from the connection's buffer.</summary>
    public static INatsDeserialize<JobEventPayload> Deserializer { get; } = new Reader(wanted: null);

    /// <summary>Whether it was passed over as not wanted.</summary>
    public bool IsUnwanted => Event is null && Problem is null;

    /// <summary>Reads wanted events only; the others are not taken apart.</summary>
    public static INatsDeserialize<JobEventPayload> DeserializerOf(PayloadFilter wanted) => wanted.MatchesAll ? Deserializer : new Reader(wanted);

    private sealed class Reader(PayloadFilter? wanted) : INatsDeserialize<JobEventPayload>
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

        private JobEventPayload Read(ReadOnlySpan<byte> utf8Json)
        {
            if (wanted?.Rejects(utf8Json) == true)
                return default;

            if (!JobEvent.TryParse(utf8Json, out var jobEvent, out var problem))
                return new JobEventPayload(null, problem);

            return wanted?.Matches(jobEvent) == false ? default : new JobEventPayload(jobEvent, null);
        }
    }
}
