namespace Naq.Events.Benchmarks.Compare;

/// <summary>One measurement of one side.</summary>
/// <param name="Value">The figure, in the unit of the comparison.</param>
/// <param name="Cost">What an operation cost this process.</param>
internal readonly record struct Sample(double Value, Cost Cost);
