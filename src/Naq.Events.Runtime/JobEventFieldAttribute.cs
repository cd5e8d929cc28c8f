namespace Naq.Events;

/// <summary>
/// Binds a parameter to a field of the event, whatever the parameter is called: in a <see cref="JobEventAttribute"/> method it
/// fills the field, in a handler it is filled from it.
/// </summary>
/// <param name="field">The field.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class JobEventFieldAttribute(JobEventFieldName field) : Attribute
{
    /// <summary>The field.</summary>
    public JobEventFieldName Field { get; } = field;
}
