namespace Naq.Events;

/// <summary>What a flush or a dispose of the logger achieved.</summary>
/// <param name="Stored">Events the store acknowledged while the call waited.</param>
/// <param name="Remaining">Events still buffered when the call returned, or given up on; 0 means all is stored.</param>
/// <param name="RemainingIds">The ids of those events, at most the first 100.</param>
public sealed record FlushResult(long Stored, long Remaining, IReadOnlyList<Guid> RemainingIds)
{
    /// <summary>Whether every event was stored.</summary>
    public bool Completed => Remaining == 0;
}
