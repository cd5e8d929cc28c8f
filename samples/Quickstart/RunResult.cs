using Naq.Events;

namespace Quickstart;

/// <summary>What the workers did.</summary>
/// <param name="Jobs">The jobs that were put into the queue.</param>
/// <param name="Stopped">Whether the program was asked to stop before all was done.</param>
/// <param name="Elapsed">From the first job until the store had the last event.</param>
/// <param name="Logged">How many events of each name were logged.</param>
/// <param name="Flush">Whether the store has them all.</param>
public sealed record RunResult(
    int Jobs, bool Stopped, TimeSpan Elapsed, IReadOnlyDictionary<string, long> Logged, FlushResult Flush)
{
    /// <summary>How many events were logged.</summary>
    public long Events => Logged.Values.Sum();
}
