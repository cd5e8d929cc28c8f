namespace Naq.Events;

/// <summary>The standard events of a job's life, and <see cref="Custom"/> for an application's own.</summary>
/// <remarks>
/// Each standard type has one wire token, its name in snake_case: <see cref="RetryScheduled"/> is <c>retry_scheduled</c>.
/// <see cref="JobEvent.EventName"/> always holds the token.
/// </remarks>
public enum JobEventType
{
    /// <summary>An event of the application's own, known by its name.</summary>
    Custom = 0,

    /// <summary>The job was put into a queue (<c>enqueued</c>).</summary>
    Enqueued = 1,

    /// <summary>A worker took the job from its queue (<c>dequeued</c>).</summary>
    Dequeued = 2,

    /// <summary>The job began to run (<c>started</c>).</summary>
    Started = 3,

    /// <summary>The job ended well (<c>completed</c>).</summary>
    Completed = 4,

    /// <summary>The job ended with an error (<c>failed</c>).</summary>
    Failed = 5,

    /// <summary>The job was cancelled (<c>cancelled</c>).</summary>
    Cancelled = 6,

    /// <summary>The job ran past its deadline (<c>timeout</c>).</summary>
    Timeout = 7,

    /// <summary>Another attempt was planned (<c>retry_scheduled</c>).</summary>
    RetryScheduled = 8,

    /// <summary>Another attempt began (<c>retry_started</c>).</summary>
    RetryStarted = 9,

    /// <summary>The last permitted attempt failed (<c>max_retries_exceeded</c>).</summary>
    MaxRetriesExceeded = 10,

    /// <summary>A job this one depends on ended well (<c>dependency_satisfied</c>).</summary>
    DependencySatisfied = 11,

    /// <summary>A job this one depends on failed (<c>dependency_failed</c>).</summary>
    DependencyFailed = 12,

    /// <summary>The job waits for the jobs it depends on (<c>waiting_for_dependencies</c>).</summary>
    WaitingForDependencies = 13,

    /// <summary>The job was put on a schedule (<c>scheduled</c>).</summary>
    Scheduled = 14,

    /// <summary>A schedule came due (<c>schedule_triggered</c>).</summary>
    ScheduleTriggered = 15,

    /// <summary>A schedule was paused (<c>schedule_paused</c>).</summary>
    SchedulePaused = 16,

    /// <summary>A paused schedule was resumed (<c>schedule_resumed</c>).</summary>
    ScheduleResumed = 17,

    /// <summary>A schedule was ended (<c>schedule_deactivated</c>).</summary>
    ScheduleDeactivated = 18,

    /// <summary>A worker was assigned to the job (<c>worker_assigned</c>).</summary>
    WorkerAssigned = 19,

    /// <summary>The job's worker was released (<c>worker_released</c>).</summary>
    WorkerReleased = 20,

    /// <summary>The job's priority in its queue changed (<c>queue_priority_changed</c>).</summary>
    QueuePriorityChanged = 21,

    /// <summary>The job moved to another queue (<c>queue_moved</c>).</summary>
    QueueMoved = 22,

    /// <summary>The job's time to live ended (<c>ttl_expired</c>).</summary>
    TtlExpired = 23,

    /// <summary>The job's time to live was extended (<c>ttl_extended</c>).</summary>
    TtlExtended = 24,
}
