namespace Naq.Events.JetStream;

/// <summary>A delivery without an outcome, at the end of a session.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ReplyTo">Where its outcome would go.</param>
/// <param name="IsTried">Whether a handler had begun with it.</param>
internal readonly record struct LeftDelivery(ulong Sequence, string ReplyTo, bool IsTried);
