namespace Naq.Events.JetStream;

/// <summary>A delivery without an outcome, at the end of a session.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ReplyTo">Where its outcome would go.</param>
/// <param name="IsTried">Whether a handler had begun with it.</param>
/// <param name="LastTry">What its last try is noted under; <see langword="null"/> when it did not come to that.</param>
internal sealed record LeftDelivery(ulong Sequence, string ReplyTo, bool IsTried, string? LastTry = null);
