namespace Naq.Events;

/// <content>Events of a job's time to live.</content>
public static partial class JobEventLoggerExtensions
{
    /// <summary>The job's time to live ended.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="ttlMs">How long it was to live, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.TtlExpired, "Expired after {ttlMs:F0} ms")]
    public static partial void LogJobTtlExpired(
        this IJobEventLogger logger, string jobId, double ttlMs, string? queueName = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job's time to live was extended.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="expiresAt">When it ends now.</param>
    /// <param name="extendedByMs">By how much it was extended, in milliseconds.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.TtlExtended, "Lives until {expiresAt:u}")]
    public static partial void LogJobTtlExtended(
        this IJobEventLogger logger, string jobId, DateTimeOffset expiresAt, double? extendedByMs = null,
        string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);
}
