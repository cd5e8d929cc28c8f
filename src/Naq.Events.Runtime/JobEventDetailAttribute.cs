namespace Naq.Events;

/// <summary>
/// Makes a parameter of a <see cref="JobEventAttribute"/> method a detail, even if it is named like a field, and names it. On a
/// parameter of a handler it says by which name the value is found.
/// </summary>
/// <param name="name">The detail's name; by default the parameter's name in snake_case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class JobEventDetailAttribute(string? name = null) : Attribute
{
    /// <summary>The detail's name, or <see langword="null"/> for the parameter's name in snake_case.</summary>
    public string? Name { get; } = name;
}
