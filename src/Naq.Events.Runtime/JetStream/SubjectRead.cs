using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What is read through a consumer.</summary>
/// <param name="Subjects">Which messages; they do not overlap.</param>
internal sealed record SubjectRead(IReadOnlyCollection<string> Subjects)
{
    /// <summary>Where to begin.</summary>
    public ReadStart Start { get; init; }

    /// <summary>Where to end.</summary>
    public ulong LastSequence { get; init; } = ulong.MaxValue;

    /// <summary>The most messages to read.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>How many the caller is likely to read.</summary>
    public long Hint { get; init; } = long.MaxValue;

    /// <summary>Takes payloads apart, those that are wanted.</summary>
    public INatsDeserialize<JobEventPayload> Deserializer { get; init; } = JobEventPayload.Deserializer;
}
