namespace Naq.Events;

/// <content>What is known of the standard events at run time.</content>
public static partial class JobEvents
{
    /// <summary>The descriptions of the 24 standard events, by name.</summary>
    public static IReadOnlyList<JobEventDescription> Descriptions => JobEventCatalog.All;
}
