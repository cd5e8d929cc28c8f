namespace Naq.Events;

/// <summary>The fields of an event that a parameter can be bound to by <see cref="JobEventFieldAttribute"/>.</summary>
public enum JobEventFieldName
{
    /// <summary><c>job_id</c>: a string.</summary>
    JobId,

    /// <summary><c>timestamp</c>: a <see cref="DateTimeOffset"/>.</summary>
    Timestamp,

    /// <summary><c>worker_id</c>: a string.</summary>
    WorkerId,

    /// <summary><c>worker_type</c>: a string.</summary>
    WorkerType,

    /// <summary><c>queue_name</c>: a string.</summary>
    QueueName,

    /// <summary><c>message</c>: a string.</summary>
    Message,

    /// <summary><c>details</c>, all of them: <see cref="JobEventFields"/>.</summary>
    Details,

    /// <summary><c>error_type</c>: a string.</summary>
    ErrorType,

    /// <summary><c>error_message</c>: a string.</summary>
    ErrorMessage,

    /// <summary><c>duration_ms</c>: a number of milliseconds, or a <see cref="TimeSpan"/>.</summary>
    DurationMs,

    /// <summary><c>memory_mb</c>: a number of mebibytes.</summary>
    MemoryMb,

    /// <summary><c>cpu_time_ms</c>: a number of milliseconds.</summary>
    CpuTimeMs,

    /// <summary><c>tags</c>, all of them: a dictionary of strings.</summary>
    Tags,

    /// <summary><c>metadata</c>, all of it: <see cref="JobEventFields"/>.</summary>
    Metadata,

    /// <summary><c>attempt</c>: a number from 1.</summary>
    Attempt,

    /// <summary><c>run_id</c>: a string.</summary>
    RunId,

    /// <summary><c>parent_id</c>: a string.</summary>
    ParentId,

    /// <summary><c>root_id</c>: a string.</summary>
    RootId,

    /// <summary><c>correlation_id</c>: a string.</summary>
    CorrelationId,
}
