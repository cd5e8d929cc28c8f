namespace Naq.Events;

/// <summary>
/// Makes a parameter of a <see cref="JobEventAttribute"/> method an entry of the event's metadata instead of a detail. On a
/// parameter of a handler it says by which name the value is found.
/// </summary>
/// <param name="name">The entry's name; by default the parameter's name in snake_case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class JobEventMetadataAttribute(string? name = null) : Attribute
{
    /// <summary>The entry's name, or <see langword="null"/> for the parameter's name in snake_case.</summary>
    public string? Name { get; } = name;
}
