namespace Naq.Events;

/// <content>What is known of the standard events at run time.</content>
public static partial class JobEvents
{
    /// <summary>The descriptions, by name, of the 24 standard events, of the heartbeat and progress of job scopes, and of <c>stalled</c>.</summary>
    public static IReadOnlyList<JobEventDescription> Descriptions => JobEventCatalog.All;
}
