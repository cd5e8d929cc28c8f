namespace Naq.Events;

/// <summary>
/// Makes a parameter of a <see cref="JobEventAttribute"/> method a tag of the event instead of a detail. On a parameter of a
/// handler it says by which name the value is found.
/// </summary>
/// <param name="name">The tag's name; by default the parameter's name in snake_case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class JobEventTagAttribute(string? name = null) : Attribute
{
    /// <summary>The tag's name, or <see langword="null"/> for the parameter's name in snake_case.</summary>
    public string? Name { get; } = name;
}
