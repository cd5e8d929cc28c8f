namespace Naq.Events.Views;

/// <summary>One step of a fold.</summary>
/// <param name="Job">The summary after it.</param>
/// <param name="Before">The state before it.</param>
/// <param name="Transition">What the event did to the state.</param>
/// <param name="BeginsRun">Whether a run began with it.</param>
internal readonly record struct JobStep(JobSummary Job, JobState Before, JobTransition Transition, bool BeginsRun = false);
