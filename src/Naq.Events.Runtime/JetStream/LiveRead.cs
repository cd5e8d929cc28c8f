using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What is followed.</summary>
/// <param name="Subjects">Which messages; they do not overlap.</param>
/// <param name="Options">Where to begin, how many to fetch ahead, what "behind" means.</param>
internal sealed record LiveRead(IReadOnlyCollection<string> Subjects, JobEventSubscriptionOptions Options)
{
    /// <summary>Takes payloads apart, those that are wanted.</summary>
    public INatsDeserialize<JobEventPayload> Deserializer { get; init; } = JobEventPayload.Deserializer;

    /// <summary>Called once, when nothing that is stored from now on can be missed.</summary>
    public required Action OnStarted { get; init; }
}
