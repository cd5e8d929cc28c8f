using System.Diagnostics.CodeAnalysis;
using Naq.Events.Views;

namespace Naq.Events;

/// <summary>What has become of a job, with its attempts and its history.</summary>
public sealed record JobView : JobSummary
{
    [SetsRequiredMembers]
    internal JobView(JobSummary summary)
        : base(summary)
    {
    }

    /// <summary>The runs of the job, in the order of their starts.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];

    /// <summary>The job's events in their order, with the state before and after each.</summary>
    public IReadOnlyList<JobTimelineEntry> Timeline { get; init; } = [];

    /// <summary>The events that did not fit the state the job was in.</summary>
    public IReadOnlyList<JobAnomaly> Anomalies { get; init; } = [];

    /// <summary>
    /// Folds the events of one job. They are taken in the order of their sequences, each sequence once; those that are not of a store
    /// come last, in the order given. Events that do not fit are reported in <see cref="Anomalies"/>, never thrown.
    /// </summary>
    /// <param name="jobEvents">The events.</param>
    /// <returns>The view; <see langword="null"/> when there are no events.</returns>
    /// <exception cref="ArgumentException">The events are of more than one job.</exception>
    public static JobView? FromEvents(IEnumerable<JobEvent> jobEvents)
    {
        ArgumentNullException.ThrowIfNull(jobEvents);
        var history = new JobHistory();
        foreach (var jobEvent in jobEvents.OrderBy(static jobEvent => jobEvent.Sequence == 0 ? ulong.MaxValue : jobEvent.Sequence))
            history.Add(jobEvent);

        return history.ToView();
    }
}
