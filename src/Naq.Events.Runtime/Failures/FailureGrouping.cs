namespace Naq.Events.Failures;

/// <summary>Groups failures as they are read. The groups that come first are held; what is held is counted to the last.</summary>
internal static class FailureGrouping
{
    public static async ValueTask<JobFailureReport> GroupAsync(
        IAsyncEnumerable<JobEvent> failures, JobFailureOptions options)
    {
        // A fingerprint may look like a type, so that the two are kept apart.
        var groups = new Dictionary<(char Kind, string Key), FailureGroup>();
        var count = 0L;
        var notGrouped = 0L;
        await foreach (var failure in failures.ConfigureAwait(false))
        {
            count++;
            var key = KeyOf(failure);
            if (!groups.TryGetValue(key, out var group))
            {
                if (groups.Count == options.MaxGroups)
                {
                    notGrouped++;
                    continue;
                }

                groups.Add(key, group = new FailureGroup(key.Key, options));
            }

            group.Add(failure);
        }

        var top = groups.Values
            .OrderByDescending(static group => group.Count)
            .ThenByDescending(static group => group.LastSeen)
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Take(options.Limit);
        return new JobFailureReport([.. top.Select(static group => group.ToResult())], count, notGrouped);
    }

    private static (char Kind, string Key) KeyOf(JobEvent failure) =>
        failure.ErrorFingerprint is { } fingerprint ? ('f', fingerprint)
        : failure.ErrorType is { } type ? ('t', type)
        : ('n', failure.EventName);
}
