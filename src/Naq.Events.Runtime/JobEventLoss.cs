namespace Naq.Events;

/// <summary>Events that did not reach the store.</summary>
/// <param name="Kind">What became of them.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="EventIds">Their ids.</param>
public sealed record JobEventLoss(JobEventLossKind Kind, string Reason, IReadOnlyList<Guid> EventIds);
