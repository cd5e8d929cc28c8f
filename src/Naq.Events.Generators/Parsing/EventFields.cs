using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>The type that a parameter named after a field of the event must have.</summary>
internal enum EventFieldType
{
    Text,
    Number,
    Count,
    Time,
    Tags,
    Fields,
}

/// <summary>A field of the event that a parameter fills by its name.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Role">The role it has then.</param>
/// <param name="JsonName">The field's name on the wire.</param>
/// <param name="Type">The type it must have.</param>
internal sealed record EventField(string Parameter, ParameterRole Role, string JsonName, EventFieldType Type)
{
    // In the order of JobEventFieldName; a test compares them.
    private static readonly EventField[] All =
    [
        new("jobId", ParameterRole.JobId, "job_id", EventFieldType.Text),
        new("timestamp", ParameterRole.Timestamp, "timestamp", EventFieldType.Time),
        new("workerId", ParameterRole.WorkerId, "worker_id", EventFieldType.Text),
        new("workerType", ParameterRole.WorkerType, "worker_type", EventFieldType.Text),
        new("queueName", ParameterRole.QueueName, "queue_name", EventFieldType.Text),
        new("message", ParameterRole.Message, "message", EventFieldType.Text),
        new("details", ParameterRole.Details, "details", EventFieldType.Fields),
        new("errorType", ParameterRole.ErrorType, "error_type", EventFieldType.Text),
        new("errorMessage", ParameterRole.ErrorMessage, "error_message", EventFieldType.Text),
        new("durationMs", ParameterRole.DurationMs, "duration_ms", EventFieldType.Number),
        new("memoryMb", ParameterRole.MemoryMb, "memory_mb", EventFieldType.Number),
        new("cpuTimeMs", ParameterRole.CpuTimeMs, "cpu_time_ms", EventFieldType.Number),
        new("tags", ParameterRole.Tags, "tags", EventFieldType.Tags),
        new("metadata", ParameterRole.Metadata, "metadata", EventFieldType.Fields),
        new("attempt", ParameterRole.Attempt, "attempt", EventFieldType.Count),
        new("runId", ParameterRole.RunId, "run_id", EventFieldType.Text),
        new("parentId", ParameterRole.ParentId, "parent_id", EventFieldType.Text),
        new("rootId", ParameterRole.RootId, "root_id", EventFieldType.Text),
        new("correlationId", ParameterRole.CorrelationId, "correlation_id", EventFieldType.Text),
    ];

    private static readonly Dictionary<string, EventField> ByParameter =
        All.ToDictionary(field => field.Parameter, StringComparer.Ordinal);

    /// <summary>The field of a parameter's name, which is compared with its case.</summary>
    public static EventField? Find(string parameter) => ByParameter.TryGetValue(parameter, out var field) ? field : null;

    /// <summary>The field whose name differs only in case and underscores, and is not the one it fills.</summary>
    public static EventField? FindAlmost(string parameter)
    {
        var letters = Letters(parameter);
        return All.FirstOrDefault(field => field.Parameter != parameter && Letters(field.Parameter) == letters);
    }

    private static string Letters(string name) => name.Replace("_", "").ToLowerInvariant();

    /// <summary>The field of a value of <c>JobEventFieldName</c>.</summary>
    public static EventField? FromValue(int value) => value >= 0 && value < All.Length ? All[value] : null;
}
