namespace Naq.Events.Jobs;

/// <summary>The event that a watchdog logs.</summary>
internal static partial class JobWatchdogEvents
{
    /// <summary>The heartbeats of a run stopped, and its end was not logged.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it was noticed.</param>
    /// <param name="workerId">The id of the worker that ran it.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="lastBeatAt">When the run was last heard of: its last heartbeat, or its start.</param>
    /// <param name="heartbeatMs">The time between two heartbeats, in milliseconds.</param>
    /// <param name="silentMs">How long nothing was heard of it, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="attempt">Which attempt at the job it was, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent("stalled", "No heartbeat from worker {workerId} for {silentMs:F0} ms")]
    public static partial JobEvent Stalled(
        string jobId, DateTimeOffset timestamp, string? workerId, string? workerType, string? queueName, DateTimeOffset lastBeatAt,
        double heartbeatMs, double silentMs, IReadOnlyDictionary<string, string>? tags, int? attempt, string? runId, string? parentId,
        string? rootId, string? correlationId);
}
