namespace Naq.Events.Watching;

/// <summary>A job whose run beats.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Sequence">The sequence of the last that was heard of it.</param>
/// <param name="Interval">The time between two of its heartbeats.</param>
/// <param name="HeardAt">When that came, by this process's clock.</param>
internal readonly record struct WatchedJob(string JobId, ulong Sequence, TimeSpan Interval, long HeardAt);
