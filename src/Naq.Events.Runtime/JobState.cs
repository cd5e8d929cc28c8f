namespace Naq.Events;

/// <summary>What has become of a job, as its events tell it. <c>docs/job-view.md</c> has the table of what leads where.</summary>
public enum JobState
{
    /// <summary>No event has told it yet: the job has custom events only, or its first events are gone.</summary>
    Unknown = 0,

    /// <summary>It is on a schedule.</summary>
    Scheduled = 1,

    /// <summary>Its schedule is paused.</summary>
    Paused = 2,

    /// <summary>It waits for the jobs that it depends on.</summary>
    Waiting = 3,

    /// <summary>It is in a queue.</summary>
    Enqueued = 4,

    /// <summary>A worker took it from its queue and has not started it yet.</summary>
    Dequeued = 5,

    /// <summary>It runs.</summary>
    Running = 6,

    /// <summary>It ran, and its heartbeats stopped: a <c>stalled</c> event was logged for it.</summary>
    Stalled = 7,

    /// <summary>An attempt is over and another is planned.</summary>
    Retrying = 8,

    /// <summary>It ended well.</summary>
    Completed = 9,

    /// <summary>It ended with an error.</summary>
    Failed = 10,

    /// <summary>It was cancelled, or its schedule was ended before it ran.</summary>
    Cancelled = 11,

    /// <summary>It ran past its deadline.</summary>
    TimedOut = 12,

    /// <summary>Its time to live ended before it did.</summary>
    Expired = 13,
}
