namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_job_is_followed_through_its_history_and_on_to_its_end()
    {
        await AppendAsync(new JobEvent("other", JobEventType.Completed), Of(JobEventType.Enqueued), Of(JobEventType.Started));
        var updates = new List<JobUpdate>();
        await foreach (var update in Store.MonitorJobAsync("job", cancellationToken: Token))
        {
            updates.Add(update);
            if (updates.Count == 2)
                await AppendAsync(new JobEvent("job", "progress"), new JobEvent("other", JobEventType.Started), Of(JobEventType.Completed));
        }

        Assert.Equal(["enqueued", "started", "progress", "completed"], updates.Select(static update => update.Event.EventName));
        Assert.Equal(
            [JobState.Enqueued, JobState.Running, JobState.Running, JobState.Completed], updates.Select(static update => update.Job.State));
        Assert.All(updates, static update => Assert.False(update.MayBeIncomplete));
        Assert.Equal([false, false], updates.Take(2).Select(static update => update.IsLive));
        Assert.Equal((await Store.GetJobAsync("job", cancellationToken: Token))!.LastSequence, updates[^1].Job.LastSequence);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_job_that_has_ended_is_read_to_its_last_event_also_where_it_was_enqueued_again()
    {
        await AppendAsync(
            Of(JobEventType.Started), Of(JobEventType.Completed), Of(JobEventType.Enqueued), Of(JobEventType.Started), Of(JobEventType.Cancelled));

        Assert.Equal(
            [JobState.Running, JobState.Completed, JobState.Enqueued, JobState.Running, JobState.Cancelled], await StatesAsync(LongWait));
    }

    [Theory(Timeout = Deadline)]
    [InlineData("failed")]
    [InlineData("timeout")]
    public async Task A_failure_is_the_end_when_no_retry_follows(string eventName)
    {
        await AppendAsync(Of(JobEventType.Started), new JobEvent("job", eventName));

        Assert.Equal(2, (await StatesAsync(TimeSpan.FromMilliseconds(200))).Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_retry_that_follows_a_failure_is_followed_too()
    {
        await AppendAsync(Of(JobEventType.Started), Of(JobEventType.Failed));
        var states = new List<JobState>();
        await foreach (var update in Store.MonitorJobAsync("job", new JobMonitorOptions { RetryGrace = LongWait }, Token))
        {
            states.Add(update.Job.State);
            if (states.Count == 2)
                await AppendAsync(Of(JobEventType.RetryScheduled), Of(JobEventType.Started), Of(JobEventType.Failed), Of(JobEventType.MaxRetriesExceeded));
        }

        // The last failure is final: long before the grace is over.
        Assert.Equal(
            [JobState.Running, JobState.Failed, JobState.Retrying, JobState.Running, JobState.Failed, JobState.Failed], states);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_job_without_events_is_waited_for_until_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var updates = Store.MonitorJobAsync("job", cancellationToken: stop.Token).GetAsyncEnumerator(Token);
        var first = updates.MoveNextAsync();
        await AppendAsync(Of(JobEventType.Started));
        Assert.True(await first);
        var second = updates.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
        Assert.Throws<ArgumentException>(() => Store.MonitorJobAsync("", cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new JobMonitorOptions { RetryGrace = TimeSpan.FromTicks(-1) });
    }

    private static JobEvent Of(JobEventType type) => new("job", type);

    private async Task<List<JobState>> StatesAsync(TimeSpan retryGrace)
    {
        var states = new List<JobState>();
        await foreach (var update in Store.MonitorJobAsync("job", new JobMonitorOptions { RetryGrace = retryGrace }, Token))
            states.Add(update.Job.State);

        return states;
    }
}
