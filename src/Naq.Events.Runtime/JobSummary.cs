namespace Naq.Events;

/// <summary>What has become of a job, without its history. What its events do not tell is <see langword="null"/>.</summary>
public record JobSummary
{
    /// <summary>The job's id.</summary>
    public required string JobId { get; init; }

    /// <summary>The environment of its events.</summary>
    public string? Environment { get; init; }

    /// <summary>The service that logged its last event.</summary>
    public string? Service { get; init; }

    /// <summary>The state.</summary>
    public JobState State { get; init; }

    /// <summary>The number of the latest attempt, from 1; 0 when none has started.</summary>
    public int Attempt { get; init; }

    /// <summary>The id of the latest run.</summary>
    public string? RunId { get; init; }

    /// <summary>The queue it is in, or was in last.</summary>
    public string? QueueName { get; init; }

    /// <summary>The worker it was given to last.</summary>
    public string? WorkerId { get; init; }

    /// <summary>The kind of that worker.</summary>
    public string? WorkerType { get; init; }

    /// <summary>The id of the job that started this one.</summary>
    public string? ParentId { get; init; }

    /// <summary>The id of the first job of the chain.</summary>
    public string? RootId { get; init; }

    /// <summary>The id that ties together everything done for one request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>When it was last put into a queue, or its retry was due.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When the latest attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the latest attempt ended, or the job did without one.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long the latest attempt waited before it started; zero where clocks disagree.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>How long the latest attempt ran, as its terminal event says, else from its start to its end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The state that the latest attempt ended in, also while the job waits for the next one.</summary>
    public JobState? LastOutcome { get; init; }

    /// <summary>Whether <c>max_retries_exceeded</c> was logged and nothing has started since.</summary>
    public bool RetriesExhausted { get; init; }

    /// <summary>The last error, also after a later attempt ended well.</summary>
    public JobError? LastError { get; init; }

    /// <summary>The earliest timestamp of its events.</summary>
    public DateTimeOffset FirstEventAt { get; init; }

    /// <summary>The latest timestamp of its events.</summary>
    public DateTimeOffset LastEventAt { get; init; }

    /// <summary>The sequence of its first event; 0 when it is not of a store.</summary>
    public ulong FirstSequence { get; init; }

    /// <summary>The sequence of its last event; 0 when it is not of a store.</summary>
    public ulong LastSequence { get; init; }

    /// <summary>How many events were folded.</summary>
    public long EventCount { get; init; }

    /// <summary>How many of them did not fit the state the job was in.</summary>
    public long AnomalyCount { get; init; }

    /// <summary>Whether the job is over: nothing but a retry, a requeue or a new run changes its state again.</summary>
    public bool IsEnded => State is JobState.Completed or JobState.Failed or JobState.Cancelled or JobState.TimedOut or JobState.Expired;
}
