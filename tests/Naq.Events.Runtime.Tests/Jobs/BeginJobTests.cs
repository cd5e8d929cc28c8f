namespace Naq.Events.Runtime.Tests.Jobs;

public sealed class BeginJobTests
{
    [Fact]
    public async Task A_scope_by_hand_logs_what_it_is_told()
    {
        await using var test = new JobsUnderTest();
        using (var job = test.Logger.BeginJob("a", test.Options))
            job.Complete("All 3 pages.");

        using (var job = test.Logger.BeginJob("b", test.Options))
            job.Fail(new IOException("gone"));

        using (var job = test.Logger.BeginJob("c", test.Options))
            job.Fail("exit code 3");

        using (var job = test.Logger.BeginJob("d", test.Options))
            job.Cancel("not needed");

        await using (var job = test.Logger.BeginJob("e", test.Options))
        {
            test.Clock.Advance(TimeSpan.FromSeconds(2));
            job.TimeOut();
            Assert.Equal(JobEventType.Timeout, job.Outcome);
        }

        var ends = (await test.StoredAsync()).Where(stored => stored.EventName != "started").ToArray();
        Assert.Equal(["completed", "failed", "failed", "cancelled", "timeout"], ends.Select(stored => stored.EventName));
        Assert.Equal("All 3 pages.", ends[0].Message);
        Assert.Equal("System.IO.IOException", ends[1].ErrorType);
        Assert.Equal(("Naq.Events.JobFailedException", "exit code 3"), (ends[2].ErrorType, ends[2].ErrorMessage));
        Assert.Equal("not needed", ends[3].Details.GetString("reason"));
        Assert.Equal(2000, ends[4].Details.GetDouble("timeout_ms"));
    }

    [Fact]
    public async Task A_scope_left_without_an_outcome_has_failed()
    {
        await using var test = new JobsUnderTest();
        void Work(bool works)
        {
            using var job = test.Logger.BeginJob("job", test.Options);
            if (!works)
                throw new IOException();
        }

        Assert.Throws<IOException>(() => Work(works: false));
        var failed = await test.OnlyAsync("failed");
        Assert.Equal(typeof(JobAbandonedException).FullName, failed.ErrorType);
        Assert.NotNull(failed.ErrorFingerprint);
    }

    [Theory]
    [InlineData(true, "cancelled")]
    [InlineData(false, "timeout")]
    public async Task A_stopped_scope_left_without_an_outcome_ends_as_it_was_stopped(bool byCaller, string expected)
    {
        await using var test = new JobsUnderTest();
        using var caller = new CancellationTokenSource();
        using (var job = test.Logger.BeginJob("job", test.Options with { Timeout = TimeSpan.FromSeconds(1) }, caller.Token))
        {
            if (byCaller)
                await caller.CancelAsync();
            else
                test.Clock.Advance(TimeSpan.FromSeconds(1));

            Assert.True(job.CancellationToken.IsCancellationRequested);
        }

        Assert.Equal(["started", expected], await test.NamesAsync());
    }

    [Fact]
    public async Task Of_outcomes_that_come_at_once_one_is_logged()
    {
        await using var test = new JobsUnderTest();
        for (var round = 0; round < 200; round++)
        {
            var job = test.Logger.BeginJob($"job-{round}", test.Options);
            Action[] ends =
            [
                () => job.Complete(), () => job.Fail("no"), () => job.Cancel(), job.TimeOut, job.Dispose,
                () => job.End(new IOException()), () => job.Progress(1, 1), job.Beat,
            ];
            Parallel.ForEach(ends, static end => end());
            job.Dispose();
            Assert.NotNull(job.Outcome);
        }

        var events = await test.StoredAsync();
        var byJob = events.GroupBy(stored => stored.JobId).ToArray();
        Assert.Equal(200, byJob.Length);
        foreach (var job in byJob)
        {
            Assert.Equal("started", job.First().EventName);
            _ = Assert.Single(job, stored => stored.EventName is "completed" or "failed" or "cancelled" or "timeout");
        }
    }

    [Fact]
    public async Task After_the_end_nothing_more_is_said()
    {
        await using var test = new JobsUnderTest();
        using (var job = test.Logger.BeginJob("job", test.Options))
        {
            job.Complete();
            test.Clock.Advance(TimeSpan.FromHours(1));
            job.Beat();
            job.Progress(1, 2);
            job.Fail("too late");
            Assert.Equal(JobEventType.Completed, job.Outcome);
        }

        Assert.Equal(["started", "completed"], await test.NamesAsync());
    }
}
