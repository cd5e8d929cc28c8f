namespace Naq.Events;

/// <summary>
/// Logs the standard events of a job, straight to the wire: no event object is made and nothing waits. The events are those that
/// <see cref="JobEvents"/> makes.
/// </summary>
public static partial class JobEventLoggerExtensions
{
    /// <summary>The job was put into a queue.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="priority">Its priority in the queue; what a higher number means is the queue's to say.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Enqueued, "Enqueued in '{queueName}' with priority {priority}")]
    public static partial void LogJobEnqueued(
        this IJobEventLogger logger, string jobId, string queueName, int priority = 0,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A worker took the job from its queue.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="waitedMs">How long it was in the queue, in milliseconds.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Dequeued, "Taken from '{queueName}' by worker {workerId}")]
    public static partial void LogJobDequeued(
        this IJobEventLogger logger, string jobId, string queueName, string workerId, double? waitedMs = null,
        int? attempt = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job began to run.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker, such as <c>async</c> or <c>process</c>.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Started, "Started on {workerType} worker {workerId}")]
    public static partial void LogJobStarted(
        this IJobEventLogger logger, string jobId, string workerId, string workerType, string? queueName = null,
        int? attempt = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job ended well.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="memoryMb">The memory it used, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Completed, "Completed in {durationMs:F2} ms")]
    public static partial void LogJobCompleted(
        this IJobEventLogger logger, string jobId, string workerId, double durationMs, double? memoryMb = null,
        double? cpuTimeMs = null, string? queueName = null, int? attempt = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job ended with an error.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="error">What was thrown: its type and message become the error fields.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="retryCount">How many retries came before this run; 0 for the first run.</param>
    /// <param name="memoryMb">The memory it used, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Failed, "Failed after {durationMs:F2} ms, retry {retryCount}")]
    public static partial void LogJobFailed(
        this IJobEventLogger logger, string jobId, string workerId, Exception error, double durationMs,
        int retryCount = 0, double? memoryMb = null, double? cpuTimeMs = null, string? queueName = null,
        int? attempt = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job was cancelled.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Cancelled, "Cancelled")]
    public static partial void LogJobCancelled(
        this IJobEventLogger logger, string jobId, string? workerId = null, string? reason = null,
        double? durationMs = null, string? queueName = null, int? attempt = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job ran past its deadline.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="timeoutMs">How long it was allowed to run, in milliseconds.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Timeout, "Timed out: the limit was {timeoutMs:F0} ms")]
    public static partial void LogJobTimeout(
        this IJobEventLogger logger, string jobId, string workerId, double timeoutMs, double? durationMs = null,
        string? queueName = null, int? attempt = null, IReadOnlyDictionary<string, string>? tags = null);
}
