namespace Naq.Events.JetStream.Publishing;

/// <summary>An event's place in an atomic batch (ADR-50).</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Sequence">The event's number in it, from 1.</param>
/// <param name="Commits">Whether it is the last: only then is anything stored, and answered.</param>
internal readonly record struct BatchPart(Guid BatchId, int Sequence, bool Commits)
{
    /// <summary>The most events of a batch; a server's default.</summary>
    public const int MaxEvents = 1_000;
}
