namespace Naq.Events;

/// <content>Events of further attempts at a job.</content>
public static partial class JobEvents
{
    /// <summary>Another attempt was planned.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="attempt">The attempt that is to come, from 2.</param>
    /// <param name="delayMs">How long until then, in milliseconds.</param>
    /// <param name="error">Why the last attempt failed: its type and message become the error fields.</param>
    /// <param name="maxAttempts">How many attempts are permitted.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.RetryScheduled, "Attempt {attempt} follows in {delayMs:F0} ms")]
    public static partial JobEvent RetryScheduled(
        string jobId, int attempt, double delayMs, Exception? error = null, int? maxAttempts = null,
        string? workerId = null, string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>Another attempt began.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="attempt">The attempt that began, from 2.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="maxAttempts">How many attempts are permitted.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.RetryStarted, "Attempt {attempt} began on worker {workerId}")]
    public static partial JobEvent RetryStarted(
        string jobId, int attempt, string workerId, int? maxAttempts = null, string? queueName = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The last permitted attempt failed.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="maxAttempts">How many attempts are permitted.</param>
    /// <param name="error">What was thrown: its type and message become the error fields.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.MaxRetriesExceeded, "Given up: attempt {attempt} of {maxAttempts} failed")]
    public static partial JobEvent MaxRetriesExceeded(
        string jobId, int attempt, int maxAttempts, Exception? error = null, string? workerId = null,
        string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);
}
