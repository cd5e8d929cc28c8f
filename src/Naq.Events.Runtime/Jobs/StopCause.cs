namespace Naq.Events.Jobs;

/// <summary>Why the token of a job's work was cancelled.</summary>
internal enum StopCause
{
    None,
    Cancelled,
    Deadline,
}
