namespace Naq.Events;

/// <summary>Which jobs are listed. What is not set does not narrow; what is set must all hold, of the job as its last event left it.</summary>
public sealed record JobListOptions
{
    /// <summary>The states; empty, the default, means all.</summary>
    public IReadOnlyCollection<JobState> States { get; init; } = [];

    /// <summary>The queue it is in, or was in last.</summary>
    public string? QueueName { get; init; }

    /// <summary>The worker it was given to last.</summary>
    public string? WorkerId { get; init; }

    /// <summary>
    /// The service whose events are folded; the store's own when <see langword="null"/>, every one when
    /// <see cref="JobEventFilter.AllServices"/>. A job that is enqueued by one service and run by another is told whole by all.
    /// </summary>
    public string? Service { get; init; }

    /// <summary>The environment; the store's own when <see langword="null"/>, every one when <see cref="JobEventFilter.AllEnvironments"/>.</summary>
    public string? Environment { get; init; }

    /// <summary>The earliest time, included: jobs with no event from then on are left out. Those listed are folded from their first event.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time, excluded: later events are not folded, so that jobs are listed as they were then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The most jobs to list; all when <see langword="null"/>, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Limit
    {
        get;
        init
        {
            if (value is { } limit)
                ArgumentOutOfRangeException.ThrowIfNegative(limit, nameof(Limit));

            field = value;
        }
    }

    /// <summary>Whether a job is meant, its service and environment aside.</summary>
    internal bool Matches(JobSummary job) =>
        (States.Count == 0 || States.Contains(job.State))
        && (QueueName is null || QueueName == job.QueueName)
        && (WorkerId is null || WorkerId == job.WorkerId)
        && !(job.LastEventAt < Since);

    /// <summary>The events that are folded.</summary>
    /// <exception cref="ArgumentException">The service or the environment is not valid, or the range of time is empty.</exception>
    internal JobEventFilter ToFilter() =>
        new JobEventFilter { Service = Service, Environment = Environment, Since = Since, Until = Until }.Checked();
}
