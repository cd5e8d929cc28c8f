namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_job_is_folded_from_what_is_stored()
    {
        await AppendAsync(
            new JobEvent("a.b", "enqueued") { QueueName = "mail", Timestamp = Noon },
            new JobEvent("a.b", "started") { Attempt = 1, WorkerId = "w1", Timestamp = Noon.AddSeconds(1) },
            new JobEvent("a.b", "failed") { Attempt = 1, ErrorType = "Error", ErrorFingerprint = "f", Timestamp = Noon.AddSeconds(2) },
            new JobEvent("other", "completed"),
            new JobEvent("a.b", "retry_scheduled") { Attempt = 2, Timestamp = Noon.AddSeconds(2) });

        var job = await Store.GetJobAsync("a.b", cancellationToken: Token);

        Assert.NotNull(job);
        Assert.Equal((JobState.Retrying, 1, "mail", "w1"), (job.State, job.Attempt, job.QueueName, job.WorkerId));
        Assert.Equal((Environment, Service), (job.Environment, job.Service));
        Assert.Equal("f", job.LastError?.Fingerprint);
        Assert.Equal(4, job.Timeline.Count);
        Assert.Equal(job.LastSequence, job.Timeline[^1].Sequence);
        Assert.Equal(JobState.Failed, Assert.Single(job.Attempts).Outcome);
        Assert.Null(await Store.GetJobAsync("unheard-of", cancellationToken: Token));
        Assert.Equal(job.State, Store.GetJob("a.b")?.State);
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.GetJobAsync("", cancellationToken: Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.GetJobAsync("a", "not.a.service", Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_job_of_two_services_is_folded_over_both()
    {
        var worker = await OpenAsync(Environment, "worker");
        await AppendAsync(new JobEvent("job", "enqueued") { QueueName = "mail" });
        await worker.AppendAsync([new JobEvent("job", "started") { WorkerId = "w1" }], Token);

        Assert.Equal(JobState.Enqueued, (await Store.GetJobAsync("job", cancellationToken: Token))!.State);
        var whole = (await Store.GetJobAsync("job", JobEventFilter.AllServices, Token))!;
        Assert.Equal((JobState.Running, "mail", "worker"), (whole.State, whole.QueueName, whole.Service));
        var listed = Assert.Single(await ListAsync(new JobListOptions { Service = JobEventFilter.AllServices }));
        Assert.Equal((JobState.Running, "mail"), (listed.State, listed.QueueName));
    }

    [Fact(Timeout = Deadline)]
    public async Task Jobs_are_listed_by_what_their_last_event_left_the_last_active_first()
    {
        await AppendJobsAsync();

        Assert.Equal(["d", "c", "b", "a"], await IdsAsync(new JobListOptions()));
        Assert.Equal(["d", "c"], await IdsAsync(new JobListOptions { Limit = 2 }));
        Assert.Equal(["c", "b"], await IdsAsync(new JobListOptions { States = [JobState.Running, JobState.Failed] }));
        Assert.Equal(["c"], await IdsAsync(new JobListOptions { States = [JobState.Running, JobState.Failed], Limit = 1 }));
        Assert.Equal(["d", "a"], await IdsAsync(new JobListOptions { QueueName = "print" }));
        Assert.Equal(["b"], await IdsAsync(new JobListOptions { WorkerId = "w2", QueueName = "mail" }));
        Assert.Empty(await IdsAsync(new JobListOptions { Limit = 0 }));
        Assert.Empty(await IdsAsync(new JobListOptions { Service = "unheard-of" }));
        Assert.Equal(["d", "c", "b", "a"], Store.ListJobs().Select(job => job.JobId));
    }

    [Fact(Timeout = Deadline)]
    public async Task Jobs_of_a_range_of_time_are_folded_from_their_first_event()
    {
        await AppendJobsAsync();

        var recent = await ListAsync(new JobListOptions { Since = Noon.AddSeconds(20) });
        Assert.Equal(["d", "c", "b"], recent.Select(job => job.JobId));
        Assert.Equal(Noon.AddSeconds(1), recent[2].QueuedAt);
        Assert.Equal(
            [JobState.Completed, JobState.Enqueued],
            (await ListAsync(new JobListOptions { Until = Noon.AddSeconds(5) })).Select(job => job.State));
        Assert.Equal(["b"], await IdsAsync(new JobListOptions { Since = Noon.AddSeconds(1), Until = Noon.AddSeconds(5), States = [JobState.Enqueued] }));
    }

    [Fact(Timeout = Deadline)]
    public async Task Many_jobs_are_each_listed_once_and_as_they_are()
    {
        await AppendAsync([.. Enumerable.Range(0, 700).Select(number => new JobEvent($"job-{number}", "started") { Timestamp = Noon })]);
        await AppendAsync([.. Enumerable.Range(0, 50).Select(number => new JobEvent($"job-{number}", "completed") { Timestamp = Noon.AddSeconds(1) })]);

        foreach (var options in new[] { new JobListOptions(), new JobListOptions { Limit = 1_000 }, new JobListOptions { Since = Noon } })
        {
            var jobs = await ListAsync(options);
            Assert.Equal(700, jobs.DistinctBy(job => job.JobId).Count());
            Assert.Equal(700, jobs.Count);
            Assert.Equal(50, jobs.TakeWhile(job => job.State == JobState.Completed).Count());
            Assert.Equal("job-50", jobs[^1].JobId);
        }

        Assert.Equal(["job-51", "job-50"], (await IdsAsync(new JobListOptions { Limit = 650, States = [JobState.Running] })).TakeLast(2));
    }

    [Fact(Timeout = Deadline)]
    public void Bad_listings_are_refused_before_anything_is_read()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobListOptions { Limit = -1 });
        _ = Assert.Throws<ArgumentException>(() => _ = Store.ListJobsAsync(new JobListOptions { Since = Noon, Until = Noon }, Token));
        _ = Assert.Throws<ArgumentException>(() => _ = Store.ListJobsAsync(new JobListOptions { Service = "a.b" }, Token));
    }

    private ValueTask AppendJobsAsync() => AppendAsync(
        new JobEvent("a", "enqueued") { QueueName = "print", Timestamp = Noon },
        new JobEvent("b", "enqueued") { QueueName = "mail", Timestamp = Noon.AddSeconds(1) },
        new JobEvent("a", "completed") { WorkerId = "w1", Timestamp = Noon.AddSeconds(2) },
        new JobEvent("b", "started") { WorkerId = "w2", Timestamp = Noon.AddSeconds(20) },
        new JobEvent("b", "failed") { WorkerId = "w2", Timestamp = Noon.AddSeconds(21) },
        new JobEvent("c", "started") { WorkerId = "w2", Timestamp = Noon.AddSeconds(30) },
        new JobEvent("d", "scheduled") { QueueName = "print", Timestamp = Noon.AddSeconds(31) });

    private async Task<List<JobSummary>> ListAsync(JobListOptions options)
    {
        var jobs = new List<JobSummary>();
        await foreach (var job in Store.ListJobsAsync(options, Token))
            jobs.Add(job);

        return jobs;
    }

    private async Task<IEnumerable<string>> IdsAsync(JobListOptions options) => (await ListAsync(options)).Select(job => job.JobId);
}
