namespace Naq.Events.Benchmarks.Compare;

/// <summary>What an operation costs this process, on all its threads; a server is another process.</summary>
/// <param name="Bytes">The bytes allocated.</param>
/// <param name="Microseconds">The processor's time: unlike a rate, it says the same on a busy machine.</param>
internal readonly record struct Cost(double Bytes, double Microseconds);
