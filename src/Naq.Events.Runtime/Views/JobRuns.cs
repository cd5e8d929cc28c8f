using System.Globalization;

namespace Naq.Events.Views;

/// <summary>Which run an event is about, and where runs begin and end.</summary>
internal static class JobRuns
{
    /// <summary>Whether it is one of the events that end a run.</summary>
    public static bool IsEnd(string eventName) => eventName is "completed" or "failed" or "cancelled" or "timeout" or "ttl_expired";

    /// <summary>Which run an event is about. Numbers of attempts tell it first, then ids of runs, then the state of the job.</summary>
    public static RunRelation RelationOf(JobEvent jobEvent, JobSummary job) => jobEvent.EventName switch
    {
        "started" or "retry_started" => OfStart(jobEvent, job),
        "completed" or "failed" or "cancelled" or "timeout" or "max_retries_exceeded" or "heartbeat" or "progress" or "stalled" => OfEnd(jobEvent, job),
        "dequeued" when jobEvent.Attempt < job.Attempt => RunRelation.Earlier,
        "dequeued" when job.Attempt > 0 && jobEvent.Attempt > job.Attempt => RunRelation.NextAttempt,
        "retry_scheduled" when jobEvent.Attempt < job.Attempt => RunRelation.Earlier,
        "enqueued" or "dequeued" or "scheduled" or "schedule_triggered" or "waiting_for_dependencies" or "retry_scheduled" =>
            IsOfBefore(jobEvent, job) ? RunRelation.Earlier : RunRelation.Latest,
        _ => RunRelation.Latest,
    };

    /// <summary>Whether a run begins with an event that was followed: with its start, or with its end when no start was seen.</summary>
    public static bool Begins(JobEvent jobEvent, JobSummary job, JobState before, RunRelation run)
    {
        if (jobEvent.EventName is "started" or "retry_started")
            return before is not (JobState.Running or JobState.Stalled) || run is RunRelation.NextAttempt or RunRelation.OtherRun;

        return IsEnd(jobEvent.EventName)
            && (run == RunRelation.NextAttempt || (!HasOpenRun(job) && job.State != before && TellsOfRun(jobEvent, job)));
    }

    public static JobSummary Begin(JobSummary job, JobEvent jobEvent, RunRelation run)
    {
        var startedAt = IsEnd(jobEvent.EventName) ? StartOf(jobEvent) : jobEvent.Timestamp;

        // A run without an own place in the queue must not count the wait of the one before.
        var queuedAt = job.QueuedAt is { } queued && (job.StartedAt is null || queued > job.StartedAt) ? job.QueuedAt : null;
        return job with
        {
            Attempt = jobEvent.Attempt ?? (run == RunRelation.NextAttempt ? Math.Min(job.Attempt, int.MaxValue - 1) + 1 : Math.Max(job.Attempt, 1)),
            RunId = jobEvent.RunId,
            QueuedAt = queuedAt,
            StartedAt = startedAt,
            EndedAt = null,
            Waited = queuedAt is null ? null : Between(queuedAt, startedAt),
            Duration = null,
            RetriesExhausted = false,
        };
    }

    /// <summary>Ends the run that is open; without one it is the job that ends.</summary>
    public static JobSummary End(JobSummary job, JobEvent jobEvent) => !HasOpenRun(job) ? job with { EndedAt = jobEvent.Timestamp } : job with
    {
        RunId = job.RunId ?? jobEvent.RunId,
        EndedAt = jobEvent.Timestamp,
        Duration = jobEvent.DurationMs is { } milliseconds ? Milliseconds(milliseconds) : Between(job.StartedAt, jobEvent.Timestamp),
        LastOutcome = OutcomeOf(jobEvent.EventName) ?? job.State,
    };

    /// <summary>Whether a run has begun and its end was not seen.</summary>
    public static bool HasOpenRun(JobSummary job) => job.Attempt > 0 && job.EndedAt is null;

    /// <summary>The time between two, zero where clocks disagree.</summary>
    public static TimeSpan? Between(DateTimeOffset? from, DateTimeOffset? to) =>
        to - from is { } time ? time < TimeSpan.Zero ? TimeSpan.Zero : time : null;

    /// <summary>A time so many milliseconds later, as far as there is one.</summary>
    public static DateTimeOffset Later(DateTimeOffset time, double? milliseconds)
    {
        var delay = Milliseconds(milliseconds ?? 0);
        return delay < DateTimeOffset.MaxValue - time ? time + delay : time;
    }

    private static RunRelation OfStart(JobEvent jobEvent, JobSummary job)
    {
        if (job.Attempt == 0 || jobEvent.Attempt > job.Attempt)
            return RunRelation.NextAttempt;

        if (jobEvent.Attempt < job.Attempt)
            return RunRelation.Earlier;

        if (jobEvent.RunId is not null && job.RunId is not null && jobEvent.RunId != job.RunId)
            return RunRelation.OtherRun;

        if (jobEvent.Attempt is not null || job.State is JobState.Running or JobState.Stalled)
            return RunRelation.Latest;

        return jobEvent.EventName == "started" && job.IsEnded ? RunRelation.Latest : RunRelation.NextAttempt;
    }

    private static RunRelation OfEnd(JobEvent jobEvent, JobSummary job)
    {
        if (job.Attempt > 0 && jobEvent.Attempt > job.Attempt)
            return RunRelation.NextAttempt;

        if (jobEvent.Attempt < job.Attempt)
            return RunRelation.Earlier;

        var isOtherRun = jobEvent.RunId is not null && job.RunId is not null && jobEvent.RunId != job.RunId;
        return isOtherRun && (job.IsEnded || job.State is JobState.Running or JobState.Stalled) ? RunRelation.Earlier : RunRelation.Latest;
    }

    private static bool IsOfBefore(JobEvent jobEvent, JobSummary job) =>
        (job.IsEnded || job.State is JobState.Running or JobState.Stalled) && jobEvent.Timestamp < job.StartedAt;

    private static bool TellsOfRun(JobEvent jobEvent, JobSummary job) =>
        jobEvent.EventName == "completed" || jobEvent.DurationMs is not null || jobEvent.Attempt > job.Attempt
        || (jobEvent.RunId is not null && jobEvent.RunId != job.RunId);

    private static DateTimeOffset? StartOf(JobEvent jobEvent) =>
        DateTimeOffset.TryParse(
            jobEvent.Details.GetString("started_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var startedAt)
            ? startedAt
            : null;

    private static JobState? OutcomeOf(string eventName) => eventName switch
    {
        "completed" => JobState.Completed,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        "timeout" => JobState.TimedOut,
        "ttl_expired" => JobState.Expired,
        _ => null,
    };

    private static TimeSpan Milliseconds(double milliseconds) => milliseconds switch
    {
        <= 0 => TimeSpan.Zero,
        >= 922_337_203_685_477 => TimeSpan.MaxValue,
        _ => TimeSpan.FromMilliseconds(milliseconds),
    };
}
