namespace Naq.Events.Storage;

/// <summary>How long events are kept, by their name.</summary>
internal static class RetentionNames
{
    /// <summary>The key for the names that have none of their own.</summary>
    public const string Others = "*";

    /// <summary>How long events of a name are kept; <see langword="null"/> for as long as the stream keeps all.</summary>
    public static TimeSpan? Of(IDictionary<string, TimeSpan> retention, string eventName) =>
        retention.TryGetValue(eventName, out var own) ? own
        : retention.TryGetValue(Others, out var others) ? others
        : null;
}
