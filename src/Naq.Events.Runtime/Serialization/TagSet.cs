namespace Naq.Events.Serialization;

/// <summary>Compares tags by names and values.</summary>
internal static class TagSet
{
    public static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && Contains(one, other);

    /// <summary>Whether tags have all that is wanted.</summary>
    public static bool Contains(IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string> wanted)
    {
        foreach (var (name, value) in wanted)
        {
            if (!tags.TryGetValue(name, out var actual) || actual != value)
                return false;
        }

        return true;
    }
}
