namespace Naq.Events;

/// <summary>One field of a declared event.</summary>
/// <param name="place">Where in the event it is.</param>
/// <param name="name">Its name there, on the wire.</param>
/// <param name="jsonType">Its type on the wire.</param>
/// <param name="type">Its type in C#, such as <c>decimal</c> or <c>System.Guid?</c>.</param>
/// <param name="isRequired">Whether every event of the name carries it.</param>
public sealed class JobEventFieldDescription(
    JobEventFieldPlace place, string name, JobEventJsonType jsonType, string type, bool isRequired)
{
    /// <summary>Where in the event it is.</summary>
    public JobEventFieldPlace Place { get; } = place;

    /// <summary>Its name there, on the wire: <c>queue_name</c>, or <c>amount</c> of a detail.</summary>
    public string Name { get; } = name;

    /// <summary>Its type on the wire.</summary>
    public JobEventJsonType JsonType { get; } = jsonType;

    /// <summary>Its type in C#, as the declaration has it.</summary>
    public string Type { get; } = type;

    /// <summary>Whether every event of the name carries it; not so when it is nullable, or only some declarations have it.</summary>
    public bool IsRequired { get; } = isRequired;

    /// <summary>What the declaration's XML documentation says of the parameter, as plain text.</summary>
    public string? Summary { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(IsRequired ? "" : "?")}: {Type}";
}
