namespace Naq.Events.Serialization;

/// <summary>The members of an event's JSON, in the order they are written.</summary>
internal enum WireMember
{
    Version,
    JobId,
    EventType,
    Timestamp,
    WorkerId,
    WorkerType,
    QueueName,
    Message,
    Details,
    ErrorType,
    ErrorMessage,
    DurationMs,
    MemoryMb,
    CpuTimeMs,
    Tags,
    Metadata,
    Attempt,
    RunId,
    ParentId,
    RootId,
    CorrelationId,
    ErrorStack,
    ErrorFingerprint,
    End,
    Unknown,
}
