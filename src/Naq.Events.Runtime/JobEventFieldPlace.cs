namespace Naq.Events;

/// <summary>Where in an event a field is.</summary>
public enum JobEventFieldPlace
{
    /// <summary>Among the members of the event itself, such as <c>queue_name</c>.</summary>
    Event,

    /// <summary>In its details.</summary>
    Details,

    /// <summary>In its tags.</summary>
    Tags,

    /// <summary>In its metadata.</summary>
    Metadata,
}
