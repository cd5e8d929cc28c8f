namespace Naq.Events.Querying;

/// <summary>Keeps a filter that was meant to narrow, and does not, from removing everything.</summary>
internal static class Bounds
{
    /// <exception cref="ArgumentException">The filter means everything of a service, or its parts do not go together.</exception>
    public static void Check(JobEventFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _ = filter.Checked();
        if (filter.JobId is null && filter.EventNames.Count == 0 && ComparedContent.IsNone(filter))
        {
            throw new ArgumentException(
                "The filter means every event of a service. Narrow it by job, event types, time or content, or, if that is what you want, call "
                + "DeleteAllAsync on a store of that service.",
                nameof(filter));
        }
    }
}
