namespace Naq.Events.Runtime.Tests.Views;

public sealed class JobViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private ulong _sequence;

    [Fact]
    public void A_job_that_ran_once_tells_its_wait_its_run_and_where_it_ran()
    {
        var view = Fold(
            At(0, JobEvents.Enqueued("job", "mail") with { CorrelationId = "request", ParentId = "order", RootId = "cart" }),
            At(4, JobEvents.Dequeued("job", "mail", "w1")),
            At(5, JobEvents.Started("job", "w1", "async", attempt: 1) with { RunId = "run-1" }),
            At(6, new JobEvent("job", "label_printed")),
            At(9, JobEvents.Completed("job", "w1", durationMs: 3_500, attempt: 1) with { RunId = "run-1" }));

        Assert.Equal(JobState.Completed, view.State);
        Assert.True(view.IsEnded);
        Assert.Equal(("mail", "w1", "async"), (view.QueueName, view.WorkerId, view.WorkerType));
        Assert.Equal(("request", "order", "cart"), (view.CorrelationId, view.ParentId, view.RootId));
        Assert.Equal((Noon, Noon.AddSeconds(9)), (view.FirstEventAt, view.LastEventAt));
        Assert.Equal((1ul, 5ul, 5L), (view.FirstSequence, view.LastSequence, view.EventCount));
        var attempt = Assert.Single(view.Attempts);
        Assert.Equal((1, "run-1", JobState.Completed), (attempt.Number, attempt.RunId, attempt.Outcome));
        Assert.Equal(TimeSpan.FromSeconds(5), attempt.Waited);
        Assert.Equal(TimeSpan.FromSeconds(3.5), attempt.Duration);
        Assert.Empty(view.Anomalies);
        Assert.Equal(
            ["Unknown-Enqueued", "Enqueued-Dequeued", "Dequeued-Running", "Running-Running", "Running-Completed"],
            view.Timeline.Select(entry => $"{entry.StateBefore}-{entry.StateAfter}"));
    }

    [Fact]
    public void A_retried_job_has_an_attempt_for_each_run_and_keeps_its_last_error()
    {
        var view = Fold(
            At(0, JobEvents.Enqueued("job", "mail")),
            At(1, JobEvents.Started("job", "w1", "async", attempt: 1) with { RunId = "run-1" }),
            At(2, JobEvents.Failed("job", "w1", new InvalidOperationException("no paper"), durationMs: 1_000, attempt: 1) with { RunId = "run-1" }),
            At(2, JobEvents.RetryScheduled("job", attempt: 2, delayMs: 10_000)),
            At(14, JobEvents.RetryStarted("job", attempt: 2, "w2")),
            At(14, JobEvents.Started("job", "w2", "async", attempt: 2) with { RunId = "run-2" }),
            At(20, JobEvents.Completed("job", "w2", durationMs: 6_000, attempt: 2) with { RunId = "run-2" }));

        Assert.Equal((JobState.Completed, 2), (view.State, view.Attempt));
        Assert.Equal(("System.InvalidOperationException", "no paper"), (view.LastError?.Type, view.LastError?.Message));
        Assert.NotNull(view.LastError?.Fingerprint);
        Assert.Equal([JobState.Failed, JobState.Completed], view.Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Equal(["run-1", "run-2"], view.Attempts.Select(attempt => attempt.RunId));
        Assert.Equal(["w1", "w2"], view.Attempts.Select(attempt => attempt.WorkerId));
        Assert.Equal("no paper", view.Attempts[0].Error?.Message);
        Assert.Null(view.Attempts[1].Error);
        Assert.Equal([1, 2], view.Attempts.Select(attempt => attempt.Waited!.Value.TotalSeconds));
        Assert.Empty(view.Anomalies);
    }

    [Theory]
    [InlineData("enqueued", JobState.Enqueued)]
    [InlineData("scheduled", JobState.Scheduled)]
    [InlineData("enqueued dequeued", JobState.Dequeued)]
    [InlineData("scheduled schedule_triggered enqueued", JobState.Enqueued)]
    [InlineData("scheduled schedule_paused", JobState.Paused)]
    [InlineData("scheduled schedule_paused schedule_resumed", JobState.Scheduled)]
    [InlineData("scheduled schedule_deactivated", JobState.Cancelled)]
    [InlineData("enqueued waiting_for_dependencies dependency_satisfied", JobState.Waiting)]
    [InlineData("enqueued waiting_for_dependencies dependency_failed failed", JobState.Failed)]
    [InlineData("enqueued started", JobState.Running)]
    [InlineData("enqueued started heartbeat progress payment_captured", JobState.Running)]
    [InlineData("enqueued started stalled", JobState.Stalled)]
    [InlineData("enqueued started stalled heartbeat", JobState.Running)]
    [InlineData("enqueued started stalled enqueued", JobState.Enqueued)]
    [InlineData("enqueued started failed retry_scheduled", JobState.Retrying)]
    [InlineData("enqueued started retry_scheduled failed", JobState.Retrying)]
    [InlineData("enqueued started failed retry_scheduled retry_started", JobState.Running)]
    [InlineData("enqueued started failed enqueued started", JobState.Running)]
    [InlineData("enqueued started failed max_retries_exceeded", JobState.Failed)]
    [InlineData("enqueued started max_retries_exceeded failed", JobState.Failed)]
    [InlineData("enqueued started timeout", JobState.TimedOut)]
    [InlineData("enqueued cancelled", JobState.Cancelled)]
    [InlineData("enqueued ttl_extended ttl_expired", JobState.Expired)]
    [InlineData("enqueued started completed ttl_expired", JobState.Completed)]
    [InlineData("enqueued started completed enqueued", JobState.Enqueued)]
    [InlineData("completed", JobState.Completed)]
    [InlineData("payment_captured", JobState.Unknown)]
    [InlineData("enqueued queue_moved queue_priority_changed worker_assigned worker_released", JobState.Enqueued)]
    public void Events_in_a_legal_order_lead_to_a_state_without_anomalies(string names, JobState expected)
    {
        var view = Fold([.. names.Split(' ').Select((name, index) => At(index, new JobEvent("job", name)))]);

        Assert.Equal(expected, view.State);
        Assert.Empty(view.Anomalies);
    }

    [Theory]
    [InlineData("enqueued started completed started", JobState.Completed, JobAnomalyKind.Refused)]
    [InlineData("enqueued started completed failed", JobState.Completed, JobAnomalyKind.Refused)]
    [InlineData("enqueued started failed completed", JobState.Failed, JobAnomalyKind.Refused)]
    [InlineData("enqueued started completed dequeued", JobState.Completed, JobAnomalyKind.Refused)]
    [InlineData("enqueued started completed stalled", JobState.Completed, JobAnomalyKind.Refused)]
    [InlineData("enqueued started dequeued", JobState.Running, JobAnomalyKind.Refused)]
    [InlineData("enqueued completed", JobState.Completed, JobAnomalyKind.Accepted)]
    [InlineData("waiting_for_dependencies started", JobState.Running, JobAnomalyKind.Accepted)]
    [InlineData("enqueued started enqueued", JobState.Enqueued, JobAnomalyKind.Accepted)]
    public void An_event_that_must_not_follow_is_reported(string names, JobState expected, JobAnomalyKind kind)
    {
        var view = Fold([.. names.Split(' ').Select((name, index) => At(index, new JobEvent("job", name)))]);

        Assert.Equal(expected, view.State);
        var anomaly = Assert.Single(view.Anomalies);
        Assert.Equal((kind, _sequence, names.Split(' ')[^1]), (anomaly.Kind, anomaly.Sequence, anomaly.EventName));
        Assert.Equal(1, view.AnomalyCount);
    }

    private JobView Fold(params JobEvent[] jobEvents) => JobView.FromEvents(jobEvents)!;

    private JobEvent At(double seconds, JobEvent jobEvent) => jobEvent with { Timestamp = Noon.AddSeconds(seconds), Sequence = ++_sequence };
}
