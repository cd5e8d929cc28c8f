namespace Naq.Events.Views;

/// <summary>The fold of one job that keeps what happened.</summary>
internal sealed class JobHistory
{
    private readonly List<JobAttempt> _attempts = [];
    private readonly List<JobTimelineEntry> _timeline = [];
    private readonly List<JobAnomaly> _anomalies = [];
    private JobSummary? _job;

    /// <exception cref="ArgumentException">The event is of another job.</exception>
    public void Add(JobEvent jobEvent)
    {
        if (_job is not null && _job.JobId != jobEvent.JobId)
        {
            throw new ArgumentException(
                $"An event is of the job '{jobEvent.JobId}', others are of '{_job.JobId}'. A view is of one job: group the events by job first.");
        }

        var before = _job;
        var step = JobFold.Next(_job, jobEvent);
        if (ReferenceEquals(step.Job, before))
            return;

        _job = step.Job;
        _timeline.Add(new JobTimelineEntry(jobEvent.Sequence, jobEvent.Timestamp, jobEvent.EventName, step.Before, step.Transition.State));
        if (step.Transition.Anomaly is { } kind)
            _anomalies.Add(new JobAnomaly(kind, jobEvent.Sequence, jobEvent.Timestamp, jobEvent.EventName, step.Before));

        var isOfRun = _job.State is JobState.Running or JobState.Stalled || _job.EndedAt != before?.EndedAt;
        if (step.Transition.Anomaly == JobAnomalyKind.Late)
            AddLate(jobEvent, _job);
        else if (step.BeginsRun)
            _attempts.Add(Latest(_job, jobEvent) with { QueuedAt = _job.QueuedAt });
        else if (isOfRun && _attempts is [.., { Outcome: null } latest])
            _attempts[^1] = Latest(_job, jobEvent) with { QueuedAt = latest.QueuedAt };
    }

    public JobView? ToView() => _job is null
        ? null
        : new JobView(_job) { Attempts = [.. _attempts], Timeline = [.. _timeline], Anomalies = [.. _anomalies] };

    private static JobAttempt Latest(JobSummary job, JobEvent jobEvent) => new()
    {
        Number = job.Attempt,
        RunId = job.RunId,
        WorkerId = job.WorkerId,
        StartedAt = job.StartedAt,
        EndedAt = job.EndedAt,
        Waited = job.Waited,
        Duration = job.Duration,
        Outcome = job.EndedAt is null ? null : job.LastOutcome,
        Error = ErrorOf(jobEvent),
    };

    private static JobError? ErrorOf(JobEvent jobEvent) =>
        (JobRuns.IsEnd(jobEvent.EventName) || jobEvent.EventName == "max_retries_exceeded") && jobEvent.ErrorType is not null
        ? new JobError(jobEvent.ErrorType, jobEvent.ErrorMessage, jobEvent.ErrorFingerprint, jobEvent.Timestamp)
        : null;

    private void AddLate(JobEvent jobEvent, JobSummary job)
    {
        if (jobEvent.EventName == "enqueued" && _attempts is [.., { QueuedAt: null } last])
            _attempts[^1] = last with { QueuedAt = job.QueuedAt, Waited = job.Waited };

        if (!JobRuns.IsEnd(jobEvent.EventName))
            return;

        var index = _attempts.FindIndex(attempt => attempt.Outcome is null
            && (attempt.RunId is not null && jobEvent.RunId is not null ? attempt.RunId == jobEvent.RunId : attempt.Number == jobEvent.Attempt));
        if (index < 0)
            return;

        var attempt = _attempts[index];
        var ended = JobRuns.End(new JobSummary { JobId = jobEvent.JobId, Attempt = attempt.Number, StartedAt = attempt.StartedAt }, jobEvent);
        _attempts[index] = attempt with
        {
            EndedAt = ended.EndedAt,
            Duration = ended.Duration,
            Outcome = ended.LastOutcome,
            Error = ErrorOf(jobEvent) ?? attempt.Error,
        };
    }
}
