namespace Naq.Events;

/// <summary>Failures, grouped.</summary>
/// <param name="Groups">The groups with the most failures, the largest first.</param>
/// <param name="Failures">How many failures there are in all; exact.</param>
/// <param name="NotGrouped">
/// How many of them belong to groups that were not held, since there were more than <see cref="JobFailureOptions.MaxGroups"/>; exact.
/// </param>
public sealed record JobFailureReport(IReadOnlyList<JobFailureGroup> Groups, long Failures, long NotGrouped)
{
    /// <summary>Whether every failure was grouped. If not, a group that is missing may be larger than one that is here.</summary>
    public bool IsComplete => NotGrouped == 0;
}
