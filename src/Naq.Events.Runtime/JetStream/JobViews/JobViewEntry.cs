namespace Naq.Events.JetStream.JobViews;

/// <summary>What the view holds of a job: the fold of all its events up to a sequence that have not been removed.</summary>
/// <param name="Through">That sequence: no event up to it is to be folded any more.</param>
/// <param name="Job">The fold; <see langword="null"/> when the events were removed.</param>
internal sealed record JobViewEntry(ulong Through, JobSummary? Job);
