namespace Naq.Events.Jobs;

/// <summary>What a run cost.</summary>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="CpuTimeMs">The processor time that threads spent in it, in milliseconds, where threads can be measured.</param>
/// <param name="MemoryMb">The memory that it allocated, in mebibytes.</param>
internal readonly record struct JobCost(double DurationMs, double? CpuTimeMs, double MemoryMb);
