using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>All that is known of a declared event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Shape">Its fields.</param>
/// <param name="Template">Its message template.</param>
/// <param name="Summary">The summary of its documentation.</param>
/// <param name="Fields">Beside each field of the shape, what only the catalog says of it.</param>
internal sealed record EventDescriptionSpec(
    EventNameSpec Event,
    EventShapeSpec Shape,
    string? Template,
    string? Summary,
    ImmutableEquatableArray<FieldDescriptionSpec> Fields);

/// <summary>What only the catalog says of a field.</summary>
/// <param name="CSharpType">Its type in the declaration.</param>
/// <param name="Summary">The documentation of its parameter.</param>
internal sealed record FieldDescriptionSpec(string CSharpType, string? Summary);
