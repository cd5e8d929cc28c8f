namespace Naq.Events.JetStream;

/// <summary>What is used of a server's features, and so asked of the stream.</summary>
/// <param name="Batches">Whether events are stored in atomic batches (ADR-50).</param>
/// <param name="Ttls">Whether events say how long they are to be kept (ADR-43).</param>
internal readonly record struct StreamFeatures(bool Batches, bool Ttls);
