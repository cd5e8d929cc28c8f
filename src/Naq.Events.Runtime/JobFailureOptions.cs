namespace Naq.Events;

/// <summary>How many groups of failures are wanted, and how much is held to find them.</summary>
public sealed record JobFailureOptions
{
    /// <summary>The most groups to return; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Limit { get; init => field = NotNegative(value, nameof(Limit)); } = 10;

    /// <summary>
    /// The most groups to hold; 10,000 by default. A failure of a group beyond is counted in
    /// <see cref="JobFailureReport.NotGrouped"/> alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxGroups { get; init => field = AtLeastOne(value, nameof(MaxGroups)); } = 10_000;

    /// <summary>
    /// The most job ids to hold for each group, to tell its jobs apart; 10,000 by default. Where there are more,
    /// <see cref="JobFailureGroup.JobCountIsExact"/> is off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxJobsPerGroup { get; init => field = AtLeastOne(value, nameof(MaxJobsPerGroup)); } = 10_000;

    /// <summary>The most samples of each group, the last ones stored; 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Samples { get; init => field = NotNegative(value, nameof(Samples)); } = 5;

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
