namespace Naq.Events.Benchmarks.Compare;

/// <summary>
/// One row of the table: ours and its peer do the same work in turn. Its name is fixed once given, since ratios are followed by it.
/// </summary>
internal abstract class Comparison(string name, string unit, double goal) : IAsyncDisposable
{
    public string Name { get; } = name;

    /// <summary>The figures' unit: a rate, of which more is better, or a time.</summary>
    public string Unit { get; } = unit;

    /// <summary>The ratio to reach.</summary>
    public double Goal { get; } = goal;

    /// <summary>The most bytes that ours may allocate for an operation.</summary>
    public double? BytesGoal { get; init; }

    private bool MoreIsBetter => Unit.EndsWith("/s", StringComparison.Ordinal);

    /// <summary>Starts what both sides need.</summary>
    /// <param name="quick">Whether a sample is to take less than half a second instead of one or two.</param>
    public abstract ValueTask PrepareAsync(bool quick);

    public abstract Task<Sample> MeasureOursAsync();

    public abstract Task<Sample> MeasurePeerAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>How much better ours is; 1 is equal.</summary>
    public double RatioOf(double ours, double peer) => MoreIsBetter ? ours / peer : peer / ours;
}
