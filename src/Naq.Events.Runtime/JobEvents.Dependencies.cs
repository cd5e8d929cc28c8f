namespace Naq.Events;

/// <content>Events of the jobs that a job waits for.</content>
public static partial class JobEvents
{
    /// <summary>A job this one depends on ended well.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="dependencyJobId">The id of the job this one depends on.</param>
    /// <param name="remaining">How many dependencies are still open.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.DependencySatisfied, "Dependency {dependencyJobId} is done")]
    public static partial JobEvent DependencySatisfied(
        string jobId, string dependencyJobId, int? remaining = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>A job this one depends on failed.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="dependencyJobId">The id of the job this one depends on.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.DependencyFailed, "Dependency {dependencyJobId} failed")]
    public static partial JobEvent DependencyFailed(
        string jobId, string dependencyJobId, string? reason = null,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job waits for the jobs it depends on.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="pending">How many dependencies are open.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.WaitingForDependencies, "Waiting for {pending} dependencies")]
    public static partial JobEvent WaitingForDependencies(
        string jobId, int pending, string? queueName = null, IReadOnlyDictionary<string, string>? tags = null);
}
