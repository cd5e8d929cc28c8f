namespace Naq.Events;

/// <summary>Failures of one kind: those of one fingerprint, else of one error type, else of one event name.</summary>
public sealed record JobFailureGroup
{
    /// <summary>What they have in common: the fingerprint, the error type or the event name.</summary>
    public required string Key { get; init; }

    /// <summary>Their fingerprint; <see langword="null"/> when they have none and are grouped by type or name.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The error type of the last one.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The error message of the last one.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>How many failures; exact.</summary>
    public long Count { get; init; }

    /// <summary>The earliest timestamp.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The latest timestamp.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>How many jobs failed so: exact, or the least that it can be when <see cref="JobCountIsExact"/> is off.</summary>
    public long JobCount { get; init; }

    /// <summary>Whether no more jobs failed so than <see cref="JobFailureOptions.MaxJobsPerGroup"/>.</summary>
    public bool JobCountIsExact { get; init; }

    /// <summary>The queues of the jobs, sorted; the first 100 found.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Whether <see cref="Queues"/> are all.</summary>
    public bool QueuesAreComplete { get; init; }

    /// <summary>The last failures, the last one first.</summary>
    public IReadOnlyList<JobFailureSample> Samples { get; init; } = [];
}
