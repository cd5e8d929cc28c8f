namespace Naq.Events.Views;

/// <summary>What an event does to the state of its job.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Anomaly">In what way it does not fit; <see langword="null"/> when it does.</param>
internal readonly record struct JobTransition(JobState State, JobAnomalyKind? Anomaly = null);
