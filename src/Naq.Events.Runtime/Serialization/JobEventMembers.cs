namespace Naq.Events.Serialization;

/// <summary>What a reader found, before it is an event. The limits of writers do not bind it.</summary>
internal struct JobEventMembers
{
    public string? JobId;
    public string? EventName;
    public long? Timestamp;
    public string? WorkerId;
    public string? WorkerType;
    public string? QueueName;
    public string? Message;
    public JobEventFields Details;
    public string? ErrorType;
    public string? ErrorMessage;
    public double? DurationMs;
    public double? MemoryMb;
    public double? CpuTimeMs;
    public Dictionary<string, string>? Tags;
    public JobEventFields Metadata;
    public int? Attempt;
    public string? RunId;
    public string? ParentId;
    public string? RootId;
    public string? CorrelationId;
    public string? ErrorStack;
    public string? ErrorFingerprint;
}
