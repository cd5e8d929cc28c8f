namespace Naq.Events.Runtime.Tests.Views;

/// <summary>Runs that overlap, come again, or are told of too late.</summary>
public sealed class JobViewRunTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private ulong _sequence;

    [Fact]
    public void The_end_of_an_earlier_attempt_comes_late_and_is_kept_with_that_attempt()
    {
        var view = Fold(
            At(0, Run("started", 1)),
            At(5, Run("started", 2)),
            At(6, Run("timeout", 1)));

        Assert.Equal((JobState.Running, 2), (view.State, view.Attempt));
        Assert.Equal([JobState.TimedOut, null], view.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(TimeSpan.FromSeconds(6), view.Attempts[0].Duration);
        Assert.Equal([JobAnomalyKind.Accepted, JobAnomalyKind.Late], view.Anomalies.Select(anomaly => anomaly.Kind));
    }

    [Fact]
    public void The_queues_event_that_is_stored_after_the_start_still_tells_the_wait()
    {
        var view = Fold(At(2, Run("started", 1)), At(0, new JobEvent("job", "enqueued") { QueueName = "mail" }));

        Assert.Equal((JobState.Running, "mail"), (view.State, view.QueueName));
        Assert.Equal(TimeSpan.FromSeconds(2), view.Waited);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(view.Attempts).Waited);
        Assert.Equal(JobAnomalyKind.Late, Assert.Single(view.Anomalies).Kind);
    }

    [Fact]
    public void An_attempt_that_is_told_of_twice_is_one()
    {
        var view = Fold(
            At(0, Run("started", 1)),
            At(1, Run("failed", 1)),
            At(2, new JobEvent("job", "retry_started") { Attempt = 2 }),
            At(2, Run("started", 2)),
            At(2, Run("started", 2)),
            At(3, Run("completed", 2)),
            At(3, Run("completed", 2)));

        Assert.Equal([1, 2], view.Attempts.Select(attempt => attempt.Number));
        Assert.Equal("run-2", view.RunId);
        Assert.Empty(view.Anomalies);
    }

    [Fact]
    public void A_new_run_without_a_retry_is_followed_and_reported()
    {
        var view = Fold(
            At(0, Run("started", 1)),
            At(1, Run("completed", 1)),
            At(9, Run("started", 1) with { RunId = "another" }));

        Assert.Equal(JobState.Running, view.State);
        Assert.Equal(JobState.Completed, view.LastOutcome);
        Assert.Equal(2, view.Attempts.Count);
        Assert.Equal(JobAnomalyKind.Accepted, Assert.Single(view.Anomalies).Kind);
    }

    [Fact]
    public void A_later_attempt_leaves_the_end_without_a_retry_event()
    {
        var view = Fold(At(0, Run("started", 1)), At(1, Run("failed", 1)), At(2, Run("started", 2)));

        Assert.Equal((JobState.Running, 2), (view.State, view.Attempt));
        Assert.Empty(view.Anomalies);
    }

    [Fact]
    public void Of_a_job_whose_start_is_gone_the_end_tells_the_run()
    {
        var view = Fold(At(9, Run("completed", 3) with
        {
            DurationMs = 2_000,
            Details = JobEventFields.Parse("""{"started_at": "2026-05-04T12:00:07Z"}"""),
        }));

        var attempt = Assert.Single(view.Attempts);
        Assert.Equal((3, Noon.AddSeconds(7), Noon.AddSeconds(9)), (attempt.Number, attempt.StartedAt, attempt.EndedAt));
        Assert.Equal(TimeSpan.FromSeconds(2), attempt.Duration);
        Assert.Empty(view.Anomalies);
    }

    [Fact]
    public void A_job_that_is_cancelled_before_it_ran_has_no_attempt()
    {
        var view = Fold(At(0, new JobEvent("job", "enqueued")), At(3, new JobEvent("job", "cancelled")));

        Assert.Equal((JobState.Cancelled, 0, Noon.AddSeconds(3)), (view.State, view.Attempt, view.EndedAt));
        Assert.Null(view.LastOutcome);
        Assert.Empty(view.Attempts);
    }

    [Fact]
    public void Exhausted_retries_are_told_until_the_job_starts_again()
    {
        var exhausted = Fold(At(0, Run("started", 1)), At(1, Run("failed", 1)), At(2, Run("max_retries_exceeded", 1)));
        var again = Fold(At(0, Run("started", 1)), At(1, Run("max_retries_exceeded", 1)), At(2, Run("enqueued", 1)), At(3, Run("started", 2)));

        Assert.True(exhausted.RetriesExhausted);
        Assert.False(again.RetriesExhausted);
        Assert.Empty(exhausted.Anomalies.Concat(again.Anomalies));
    }

    [Fact]
    public void Clocks_that_disagree_make_no_negative_times()
    {
        var view = Fold(At(5, new JobEvent("job", "enqueued")), At(4, Run("started", 1)), At(3, Run("completed", 1)));

        Assert.Equal(JobState.Completed, view.State);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (view.Waited, view.Duration));
        Assert.Equal((Noon.AddSeconds(3), Noon.AddSeconds(5)), (view.FirstEventAt, view.LastEventAt));
    }

    [Fact]
    public void Without_events_there_is_no_view_and_of_two_jobs_none_is_made()
    {
        Assert.Null(JobView.FromEvents([]));
        _ = Assert.Throws<ArgumentException>(() => JobView.FromEvents([new JobEvent("a", "started"), new JobEvent("b", "started")]));
    }

    private static JobView Fold(params JobEvent[] jobEvents) => JobView.FromEvents(jobEvents)!;

    private static JobEvent Run(string name, int attempt) => new("job", name) { Attempt = attempt, RunId = $"run-{attempt}" };

    private JobEvent At(double seconds, JobEvent jobEvent) => jobEvent with { Timestamp = Noon.AddSeconds(seconds), Sequence = ++_sequence };
}
