namespace Naq.Events;

/// <summary>What the declarations of an assembly say about one event. An entry of the generated <c>JobEventCatalog</c>.</summary>
/// <param name="name">The event's wire token.</param>
/// <param name="type">The event's type; <see cref="JobEventType.Custom"/> for an application's own.</param>
public sealed class JobEventDescription(string name, JobEventType type)
{
    /// <summary>The event's wire token, such as <c>payment_captured</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The event's type; <see cref="JobEventType.Custom"/> for an application's own.</summary>
    public JobEventType Type { get; } = type;

    /// <summary>The message template as it was declared, or <see langword="null"/> when the event has none.</summary>
    public string? Message { get; init; }

    /// <summary>The summary of the declaration's XML documentation, as plain text.</summary>
    public string? Summary { get; init; }

    /// <summary>
    /// The fields by place and name, without <c>job_id</c> and <c>timestamp</c>, which every event has. When an event is declared
    /// more than once, the fields of all its declarations.
    /// </summary>
    public IReadOnlyList<JobEventFieldDescription> Fields { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
