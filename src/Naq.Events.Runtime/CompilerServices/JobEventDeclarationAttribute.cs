using System.ComponentModel;

namespace Naq.Events.CompilerServices;

/// <summary>
/// Says which fields an event carries that this assembly declares, so that handlers in other assemblies can be checked against
/// it. The generator writes it; an event declared in several shapes has one attribute for each.
/// </summary>
/// <param name="name">The event's wire token.</param>
/// <param name="fields">
/// Its fields in ordinal order, without <c>job_id</c> and <c>timestamp</c>, which every event has: <c>details.amount: decimal</c>,
/// <c>queue_name?: string</c> with a question mark when it may be absent, <c>tags?: object</c> for tags of any name.
/// </param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobEventDeclarationAttribute(string name, params string[] fields) : Attribute
{
    /// <summary>The event's wire token.</summary>
    public string Name { get; } = name;

    /// <summary>Its fields, each as <c>path: type</c>.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;
}
