namespace Naq.Events.Jobs;

/// <summary>The events that a job scope logs: the standard ones with all that is known of the run, and two of its own.</summary>
internal static partial class JobScopeEvents
{
    /// <summary>The job began to run.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it began.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker, such as <c>async</c> or <c>process</c>.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="timeoutMs">How long it is allowed to run, in milliseconds.</param>
    /// <param name="heartbeatMs">The time between two heartbeats, in milliseconds; none when there are no heartbeats.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="metadata">What the application adds for itself.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent(JobEventType.Started, "Started on {workerType} worker {workerId}")]
    public static partial void LogStarted(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, double? timeoutMs, double? heartbeatMs, IReadOnlyDictionary<string, string>? tags,
        JobEventFields metadata, int attempt, string runId, string? parentId, string? rootId, string? correlationId);

    /// <summary>The job ended well.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it ended.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="message">The message, for people.</param>
    /// <param name="startedAt">When the run began.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="memoryMb">The memory it allocated, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="metadata">What the application adds for itself.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent(JobEventType.Completed, "Completed in {durationMs:F2} ms")]
    public static partial void LogCompleted(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, string? message, DateTimeOffset startedAt, double durationMs, double memoryMb, double? cpuTimeMs,
        IReadOnlyDictionary<string, string>? tags, JobEventFields metadata, int attempt, string runId, string? parentId,
        string? rootId, string? correlationId);

    /// <summary>The job ended with an error.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it ended.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="error">What was thrown: its type, message, stack and fingerprint become the error fields.</param>
    /// <param name="retryCount">How many retries came before this run; 0 for the first run.</param>
    /// <param name="startedAt">When the run began.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="memoryMb">The memory it allocated, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="metadata">What the application adds for itself.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent(JobEventType.Failed, "Failed after {durationMs:F2} ms, retry {retryCount}")]
    public static partial void LogFailed(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, Exception error, int retryCount, DateTimeOffset startedAt, double durationMs, double memoryMb,
        double? cpuTimeMs, IReadOnlyDictionary<string, string>? tags, JobEventFields metadata, int attempt, string runId,
        string? parentId, string? rootId, string? correlationId);

    /// <summary>The job was cancelled.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it ended.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="startedAt">When the run began.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="memoryMb">The memory it allocated, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="metadata">What the application adds for itself.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent(JobEventType.Cancelled, "Cancelled")]
    public static partial void LogCancelled(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, string? reason, DateTimeOffset startedAt, double durationMs, double memoryMb, double? cpuTimeMs,
        IReadOnlyDictionary<string, string>? tags, JobEventFields metadata, int attempt, string runId, string? parentId,
        string? rootId, string? correlationId);

    /// <summary>The job ran past its deadline.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it ended.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="timeoutMs">How long it was allowed to run, in milliseconds.</param>
    /// <param name="startedAt">When the run began.</param>
    /// <param name="durationMs">How long it ran, in milliseconds.</param>
    /// <param name="memoryMb">The memory it allocated, in mebibytes.</param>
    /// <param name="cpuTimeMs">The processor time it used, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="metadata">What the application adds for itself.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent(JobEventType.Timeout, "Timed out: the limit was {timeoutMs:F0} ms")]
    public static partial void LogTimeout(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, double timeoutMs, DateTimeOffset startedAt, double durationMs, double memoryMb, double? cpuTimeMs,
        IReadOnlyDictionary<string, string>? tags, JobEventFields metadata, int attempt, string runId, string? parentId,
        string? rootId, string? correlationId);

    /// <summary>The job still runs.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it was said.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="heartbeatMs">The time between two heartbeats, in milliseconds.</param>
    /// <param name="durationMs">How long it has run, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent("heartbeat", "Running for {durationMs:F0} ms")]
    public static partial void LogHeartbeat(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, double heartbeatMs, double durationMs, IReadOnlyDictionary<string, string>? tags, int attempt,
        string runId, string? parentId, string? rootId, string? correlationId);

    /// <summary>How far the job is.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="timestamp">When it was said.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="workerType">The kind of worker.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="message">The message, for people.</param>
    /// <param name="done">How much is done, in a unit of the job's own.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="durationMs">How long it has run, in milliseconds.</param>
    /// <param name="tags">Labels to find the event by.</param>
    /// <param name="attempt">Which attempt at the job this is, from 1.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="parentId">The id of the job that started this one.</param>
    /// <param name="rootId">The id of the first job of the chain.</param>
    /// <param name="correlationId">The id that ties together everything done for one request.</param>
    [JobEvent("progress")]
    public static partial void LogProgress(
        this IJobEventLogger logger, string jobId, DateTimeOffset timestamp, string workerId, string workerType,
        string? queueName, string message, long done, long? total, double durationMs,
        IReadOnlyDictionary<string, string>? tags, int attempt, string runId, string? parentId, string? rootId,
        string? correlationId);
}
