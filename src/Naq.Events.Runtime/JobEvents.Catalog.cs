namespace Naq.Events;

/// <content>What is known of the standard events at run time.</content>
public static partial class JobEvents
{
    /// <summary>The descriptions, by name, of the 24 standard events, and of the heartbeat and progress of job scopes.</summary>
    public static IReadOnlyList<JobEventDescription> Descriptions => JobEventCatalog.All;
}
