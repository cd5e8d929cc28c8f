namespace Naq.Events.Testing;

/// <summary>Sets retention in one call.</summary>
public static class RetentionExtensions
{
    /// <summary>Adds all of it.</summary>
    /// <param name="retention">Where to.</param>
    /// <param name="added">How long events of a name are kept.</param>
    public static void Keep(this IDictionary<string, TimeSpan> retention, IEnumerable<KeyValuePair<string, TimeSpan>> added)
    {
        ArgumentNullException.ThrowIfNull(added);
        foreach (var entry in added)
        {
            retention.Add(entry);
        }
    }
}
