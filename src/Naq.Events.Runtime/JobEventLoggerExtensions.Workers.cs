namespace Naq.Events;

/// <content>Events of workers.</content>
public static partial class JobEventLoggerExtensions
{
    /// <summary>A worker was assigned to the job.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker, such as <c>async</c> or <c>process</c>.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.WorkerAssigned, "Assigned to worker {workerId}")]
    public static partial void LogJobWorkerAssigned(
        this IJobEventLogger logger, string jobId, string workerId, string? workerType = null,
        string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job's worker was released.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.WorkerReleased, "Released by worker {workerId}")]
    public static partial void LogJobWorkerReleased(
        this IJobEventLogger logger, string jobId, string workerId, string? reason = null, string? queueName = null,
        IReadOnlyDictionary<string, string>? tags = null);
}
