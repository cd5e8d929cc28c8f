namespace Naq.Events.Generators.Contracts;

/// <summary>Where a field is on the wire: <c>queue_name</c>, <c>details.amount</c>.</summary>
internal static class EventFieldPath
{
    /// <summary>The place, as the runtime's <c>JobEventFieldPlace</c> calls it, and the name there.</summary>
    public static (string Place, string Name) Split(string path) =>
        Within(path, EventShapeParser.Details) is { } detail ? ("Details", detail)
        : Within(path, EventShapeParser.Tags) is { } tag ? ("Tags", tag)
        : Within(path, EventShapeParser.Metadata) is { } entry ? ("Metadata", entry)
        : ("Event", path);

    private static string? Within(string path, string place) =>
        path.Length > place.Length + 1 && path[place.Length] == '.' && path.StartsWith(place, StringComparison.Ordinal)
            ? path.Substring(place.Length + 1)
            : null;
}
