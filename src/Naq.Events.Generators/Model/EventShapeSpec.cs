using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>An event with the fields that one declaration gives it, or several that agree.</summary>
/// <param name="Event">The event's wire token.</param>
/// <param name="Fields">Its fields in ordinal order of their paths, without those that every event has.</param>
internal sealed record EventShapeSpec(string Event, ImmutableEquatableArray<EventFieldSpec> Fields)
{
    public EventFieldSpec? Find(string path)
    {
        foreach (var field in Fields)
        {
            if (string.Equals(field.Path, path, StringComparison.Ordinal))
                return field;
        }

        return null;
    }
}
