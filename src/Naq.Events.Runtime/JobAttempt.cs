namespace Naq.Events;

/// <summary>One run of a job. What its events do not tell is <see langword="null"/>.</summary>
public sealed record JobAttempt
{
    /// <summary>Which attempt, from 1. Runs that were started again without a retry have the same number.</summary>
    public required int Number { get; init; }

    /// <summary>The id of the run.</summary>
    public string? RunId { get; init; }

    /// <summary>The worker's id.</summary>
    public string? WorkerId { get; init; }

    /// <summary>When it was put into its queue, or its retry was due.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it waited, from <see cref="QueuedAt"/> to <see cref="StartedAt"/>; zero where clocks disagree.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>How long it ran, as its terminal event says, else from <see cref="StartedAt"/> to <see cref="EndedAt"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The state it ended in; <see langword="null"/> while it runs, or when its end was not logged.</summary>
    public JobState? Outcome { get; init; }

    /// <summary>The error that ended it.</summary>
    public JobError? Error { get; init; }
}
