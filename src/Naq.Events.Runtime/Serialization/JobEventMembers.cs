namespace Naq.Events.Serialization;

/// <summary>What a reader found, before it is an event. The limits of writers do not bind it.</summary>
internal struct JobEventMembers
{
    public string? JobId;
    public string? EventName;
    public JobEventType EventType;
    public long? Timestamp;
    public Range Details;
    public Range Metadata;
    public int? Attempt;

    /// <summary>The others.</summary>
    public UnreadMembers Unread;
}
