namespace Naq.Events.Logging;

/// <summary>Events that were lost for one reason, not yet reported.</summary>
/// <param name="kind">What became of them.</param>
/// <param name="reason">Why.</param>
/// <param name="keepIds">Whether somebody wants their ids.</param>
internal sealed class LossBurst(JobEventLossKind kind, string reason, bool keepIds)
{
    public JobEventLossKind Kind => kind;

    public string Reason => reason;

    public int Count { get; private set; }

    public Guid First { get; private set; }

    /// <summary>Their ids, for the callback; <see langword="null"/> without one.</summary>
    public List<Guid>? Ids { get; } = keepIds ? [] : null;

    public void Add(ReadOnlySpan<Guid> ids)
    {
        if (Count == 0)
            First = ids[0];

        Count += ids.Length;
        Ids?.AddRange(ids);
    }
}
