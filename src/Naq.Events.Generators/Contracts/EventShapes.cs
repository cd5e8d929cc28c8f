using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>Puts the shapes of an event together.</summary>
internal static class EventShapes
{
    /// <summary>The shapes of an assembly, each once, in ordinal order.</summary>
    public static ImmutableEquatableArray<EventShapeSpec> Distinct(IEnumerable<EventShapeSpec> shapes) =>
        shapes
            .Distinct()
            .Select(shape => (Shape: shape, Key: string.Join("\n", shape.Fields)))
            .OrderBy(entry => entry.Shape.Event, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Shape)
            .ToImmutableEquatableArray();

    /// <summary>
    /// One shape for all declarations of an event: every field that one of them has, required when all of them have and require it.
    /// </summary>
    public static EventShapeSpec Merge(IReadOnlyList<EventShapeSpec> shapes)
    {
        if (shapes.Count == 1)
            return shapes[0];

        var fields = new SortedDictionary<string, (EventFieldSpec Field, int Count)>(StringComparer.Ordinal);
        foreach (var field in shapes.SelectMany(shape => shape.Fields))
        {
            fields[field.Path] = fields.TryGetValue(field.Path, out var seen)
                ? (Merge(seen.Field, field), seen.Count + 1)
                : (field, 1);
        }

        return new EventShapeSpec(
            shapes[0].Event,
            fields.Values
                .Select(entry => entry.Count == shapes.Count ? entry.Field : entry.Field with { IsRequired = false })
                .ToImmutableEquatableArray());
    }

    private static EventFieldSpec Merge(EventFieldSpec one, EventFieldSpec other) => new(
        one.Path, WireType.Merge(one.Type, other.Type), one.IsRequired && other.IsRequired);
}
