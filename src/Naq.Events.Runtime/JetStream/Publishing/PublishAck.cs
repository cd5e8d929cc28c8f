namespace Naq.Events.JetStream.Publishing;

/// <summary>The server's answer to a published event.</summary>
/// <param name="Sequence">Where it is stored; 0 when it was refused.</param>
/// <param name="Duplicate">Whether it was stored before, under the same id.</param>
/// <param name="ErrorCode">Why it was refused, from the server's list; 0 when it was not.</param>
/// <param name="Refusal">The server's words; <see langword="null"/> when it was stored.</param>
internal readonly record struct PublishAck(ulong Sequence, bool Duplicate, int ErrorCode, string? Refusal);
