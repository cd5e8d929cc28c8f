namespace Naq.Events.Views;

/// <summary>What one event, about one run, does in every state.</summary>
internal sealed record JobStateRow(string EventName, RunRelation Run = RunRelation.Latest)
{
    /// <summary>The state it leads to.</summary>
    public required JobState To { get; init; }

    /// <summary>The states it leads from.</summary>
    public required IReadOnlyList<JobState> From { get; init; }

    /// <summary>The states it leads from too, though it does not fit them.</summary>
    public IReadOnlyList<JobState> Accepts { get; init; } = [];

    /// <summary>The states it does not lead from, and does not fit.</summary>
    public IReadOnlyList<JobState> Refuses { get; init; } = [];

    public JobTransition Next(JobState state)
    {
        if (From.Contains(state))
            return new JobTransition(To);

        if (Accepts.Contains(state))
            return new JobTransition(To, JobAnomalyKind.Accepted);

        return new JobTransition(state, Refuses.Contains(state) ? JobAnomalyKind.Refused : null);
    }
}
