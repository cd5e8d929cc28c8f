namespace Naq.Events.Views;

/// <summary>
/// Folds events into the summary of their job, one after the other, without looking back: what is kept between two events is the
/// summary alone, so that it can be stored and gone on with.
/// </summary>
internal static class JobFold
{
    /// <summary>Folds one event more. An event whose sequence was folded already changes nothing.</summary>
    public static JobStep Next(JobSummary? job, JobEvent jobEvent)
    {
        if (job is not null && jobEvent.Sequence != 0 && jobEvent.Sequence <= job.LastSequence)
            return new JobStep(job, job.State, new JobTransition(job.State));

        job ??= new JobSummary
        {
            JobId = jobEvent.JobId,
            FirstEventAt = jobEvent.Timestamp,
            LastEventAt = jobEvent.Timestamp,
            FirstSequence = jobEvent.Sequence,
        };
        var run = JobRuns.RelationOf(jobEvent, job);
        var transition = JobStateMachine.Next(job.State, jobEvent.EventName, run);
        var before = job.State;
        var isLate = transition.Anomaly == JobAnomalyKind.Late;
        job = WithEvent(job, jobEvent, transition);
        if (isLate)
            return new JobStep(WithLate(job, jobEvent), before, transition);

        if (transition.Anomaly == JobAnomalyKind.Refused)
            return new JobStep(job, before, transition);

        job = WithFacts(job, jobEvent);
        var begins = JobRuns.Begins(jobEvent, job, before, run);
        if (begins)
            job = JobRuns.Begin(job, jobEvent, run);

        return new JobStep(WithTransition(job, jobEvent, before), before, transition, begins);
    }

    private static JobSummary WithEvent(JobSummary job, JobEvent jobEvent, JobTransition transition) => job with
    {
        State = transition.State,
        Environment = jobEvent.Environment ?? job.Environment,
        Service = jobEvent.Service ?? job.Service,
        FirstEventAt = jobEvent.Timestamp < job.FirstEventAt ? jobEvent.Timestamp : job.FirstEventAt,
        LastEventAt = jobEvent.Timestamp > job.LastEventAt ? jobEvent.Timestamp : job.LastEventAt,
        LastSequence = Math.Max(job.LastSequence, jobEvent.Sequence),
        EventCount = job.EventCount + 1,
        AnomalyCount = job.AnomalyCount + (transition.Anomaly is null ? 0 : 1),
        ParentId = job.ParentId ?? jobEvent.ParentId,
        RootId = job.RootId ?? jobEvent.RootId,
        CorrelationId = job.CorrelationId ?? jobEvent.CorrelationId,
    };

    /// <summary>The enqueueing process and the worker log on their own, so the queue's event often comes after the start.</summary>
    private static JobSummary WithLate(JobSummary job, JobEvent jobEvent)
    {
        if (jobEvent.EventName != "enqueued" || job.QueuedAt is not null)
            return job;

        return job with
        {
            QueueName = job.QueueName ?? jobEvent.QueueName,
            QueuedAt = jobEvent.Timestamp,
            Waited = JobRuns.Between(jobEvent.Timestamp, job.StartedAt),
        };
    }

    private static JobSummary WithFacts(JobSummary job, JobEvent jobEvent) => job with
    {
        QueueName = jobEvent.QueueName ?? job.QueueName,
        WorkerId = jobEvent.WorkerId ?? job.WorkerId,
        WorkerType = jobEvent.WorkerType ?? job.WorkerType,
        LastError = jobEvent.ErrorType is null && jobEvent.ErrorMessage is null && jobEvent.ErrorFingerprint is null
            ? job.LastError
            : new JobError(jobEvent.ErrorType, jobEvent.ErrorMessage, jobEvent.ErrorFingerprint, jobEvent.Timestamp),
    };

    private static JobSummary WithTransition(JobSummary job, JobEvent jobEvent, JobState before)
    {
        switch (jobEvent.EventName)
        {
            case "enqueued":
                return job with { QueuedAt = jobEvent.Timestamp };

            case "retry_scheduled":
                return job with { QueuedAt = JobRuns.Later(jobEvent.Timestamp, jobEvent.Details.GetDouble("delay_ms")) };

            case "max_retries_exceeded":
                job = job with { RetriesExhausted = true };
                break;

            // The queue's retry_started may have begun the run, without its id.
            case "started":
                return job.RunId is null ? job with { RunId = jobEvent.RunId } : job;
        }

        var ends = job.IsEnded && job.State != before;

        // After a retry was planned the attempt that is over may still log its end.
        return ends || (JobRuns.IsEnd(jobEvent.EventName) && JobRuns.HasOpenRun(job)) ? JobRuns.End(job, jobEvent) : job;
    }
}
