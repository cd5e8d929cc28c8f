namespace Naq.Events;

/// <content>Events of queues.</content>
public static partial class JobEvents
{
    /// <summary>The job's priority in its queue changed.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="previousPriority">Its priority before.</param>
    /// <param name="priority">Its priority now.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.QueuePriorityChanged, "Priority in '{queueName}' changed from {previousPriority} to {priority}")]
    public static partial JobEvent QueuePriorityChanged(
        string jobId, string queueName, int previousPriority, int priority,
        IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>The job moved to another queue.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="queueName">The queue it is in now.</param>
    /// <param name="previousQueueName">The queue it was in before.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="tags">Labels to find the event by.</param>
    [JobEvent(JobEventType.QueueMoved, "Moved from '{previousQueueName}' to '{queueName}'")]
    public static partial JobEvent QueueMoved(
        string jobId, string queueName, string previousQueueName, string? reason = null,
        IReadOnlyDictionary<string, string>? tags = null);
}
