namespace Naq.Events.Generators.Model;

/// <summary>What a parameter of an event method fills.</summary>
internal enum ParameterRole
{
    Logger,
    CancellationToken,
    JobId,
    Timestamp,
    WorkerId,
    WorkerType,
    QueueName,
    Message,
    Details,
    Exception,
    ErrorType,
    ErrorMessage,
    DurationMs,
    Duration,
    MemoryMb,
    CpuTimeMs,
    Tags,
    Metadata,
    Attempt,
    RunId,
    ParentId,
    RootId,
    CorrelationId,
    Detail,
    Tag,
    TagList,
    MetadataEntry,
}
