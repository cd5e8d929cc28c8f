namespace Naq.Events.Benchmarks.Compare;

/// <summary>One measurement of one side.</summary>
/// <param name="Value">The figure, in the unit of the comparison.</param>
/// <param name="BytesPerOperation">What was allocated, by all threads, for each operation.</param>
internal readonly record struct Sample(double Value, double BytesPerOperation);
