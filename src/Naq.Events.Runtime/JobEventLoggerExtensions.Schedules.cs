namespace Naq.Events;

/// <content>Events of schedules.</content>
public static partial class JobEventLoggerExtensions
{
    /// <summary>The job was put on a schedule.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="dueAt">When it is due next.</param>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="recurrence">How it recurs, such as a cron expression; <see langword="null"/> when it runs once.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.Scheduled, "Scheduled for {dueAt:u}")]
    public static partial void LogJobScheduled(
        this IJobEventLogger logger, string jobId, DateTimeOffset dueAt, string? scheduleId = null,
        string? recurrence = null, string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A schedule came due.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="dueAt">When it was due.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.ScheduleTriggered, "Schedule {scheduleId} came due at {dueAt:u}")]
    public static partial void LogJobScheduleTriggered(
        this IJobEventLogger logger, string jobId, string scheduleId, DateTimeOffset dueAt, string? queueName = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A schedule was paused.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.SchedulePaused, "Schedule {scheduleId} was paused")]
    public static partial void LogJobSchedulePaused(
        this IJobEventLogger logger, string jobId, string scheduleId, string? reason = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A paused schedule was resumed.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="dueAt">When it is due next.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.ScheduleResumed, "Schedule {scheduleId} was resumed")]
    public static partial void LogJobScheduleResumed(
        this IJobEventLogger logger, string jobId, string scheduleId, DateTimeOffset? dueAt = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A schedule was ended.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.ScheduleDeactivated, "Schedule {scheduleId} was ended")]
    public static partial void LogJobScheduleDeactivated(
        this IJobEventLogger logger, string jobId, string scheduleId, string? reason = null,
        IReadOnlyDictionary<string, string>? tags = null);
}
