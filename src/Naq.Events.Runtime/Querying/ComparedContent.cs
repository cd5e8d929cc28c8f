namespace Naq.Events.Querying;

/// <summary>What of a filter is not in the subject of an event, and so is compared by reading it.</summary>
internal static class ComparedContent
{
    /// <summary>Its names on the wire.</summary>
    public static IReadOnlyList<string> NamesOf(JobEventFilter filter)
    {
        var names = new List<string>();
        Add("worker_id", filter.WorkerId);
        Add("queue_name", filter.QueueName);
        Add("error_type", filter.ErrorType);
        Add("error_fingerprint", filter.ErrorFingerprint);
        Add("correlation_id", filter.CorrelationId);
        Add("message", filter.MessageContains);
        Add("tags", filter.Tags.Count == 0 ? null : filter);
        Add("timestamp", filter.Since ?? filter.Until as object);
        return names;

        void Add(string name, object? value)
        {
            if (value is not null)
                names.Add(name);
        }
    }

    /// <summary>Whether the subject tells all.</summary>
    public static bool IsNone(JobEventFilter filter) => NamesOf(filter).Count == 0;
}
