#pragma warning disable CA2016 // The token is not what these jobs are about.

using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>What events take over from the scope they are logged in.</summary>
public sealed class AmbientTests
{
    [Fact]
    public async Task Every_way_of_logging_carries_the_run()
    {
        await using var test = new JobsUnderTest();
        var options = test.Options with { Attempt = 3, ParentId = "parent", RootId = "root", CorrelationId = "request" };
        string? runId = null;
        await test.Logger.RunJobAsync("job", options, async (job, _) =>
        {
            runId = job.RunId;
            test.Logger.LogJobDequeued("job", "q", "w");
            await Task.Yield();
            test.Logger.Log(JobEvents.Dequeued("job", "q", "w"));
            await test.Logger.LogAsync(new JobEvent("job", "label_printed"));
            await Task.Run(() => test.Logger.LogJobWorkerAssigned("job", "w"));
        });
        test.Logger.LogJobDequeued("job", "q", "outside");

        var events = await test.StoredAsync();
        Assert.Equal(7, events.Count);
        foreach (var stored in events.SkipLast(1))
        {
            Assert.Equal((3, runId, "parent", "root", "request"), (
                stored.Attempt, stored.RunId, stored.ParentId, stored.RootId, stored.CorrelationId));
        }

        var outside = events[^1];
        Assert.Equal((null, null, null, null, null), (
            outside.Attempt, outside.RunId, outside.ParentId, outside.RootId, outside.CorrelationId));
    }

    [Fact]
    public async Task What_an_event_says_itself_wins()
    {
        await using var test = new JobsUnderTest();
        using (var job = test.Logger.BeginJob("job", test.Options with { ParentId = "p", RootId = "r", CorrelationId = "c" }))
        {
            test.Logger.LogJobDequeued("job", "q", "w", attempt: 9);
            test.Logger.Log(new JobEvent("job", "own") { RunId = "own run", RootId = "own root" });
            job.Complete();
        }

        var events = await test.StoredAsync();
        Assert.Equal((9, events[0].RunId, "p"), (events[1].Attempt, events[1].RunId, events[1].ParentId));
        Assert.Equal((1, "own run", "p", "own root", "c"), (
            events[2].Attempt, events[2].RunId, events[2].ParentId, events[2].RootId, events[2].CorrelationId));
    }

    [Fact]
    public async Task Where_every_member_is_written_those_of_the_scope_are_not_null()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store, options => options.WriteAllMembers = true);
        using (var job = test.Logger.BeginJob("job", new JobRunOptions { CorrelationId = "request" }))
        {
            test.Logger.Log(new JobEvent("job", "own") { RootId = "own root" });
            job.Complete();
        }

        Assert.True((await test.Logger.FlushAsync()).Completed);
        var own = store.Events[1];
        Assert.Equal((1, store.Events[0].RunId, null, "own root", "request"), (
            own.Attempt, own.RunId, own.ParentId, own.RootId, own.CorrelationId));
    }

    [Fact]
    public async Task Nested_jobs_are_linked()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("a", test.Options with { CorrelationId = "request" }, (_, _) =>
            test.Logger.RunJobAsync("b", test.Options, (_, _) =>
                test.Logger.RunJobAsync("c", test.Options, (job, _) =>
                {
                    Assert.Equal(("b", "a"), (job.ParentId, job.RootId));
                    return Task.CompletedTask;
                })));

        var started = (await test.StoredAsync()).Where(stored => stored.EventName == "started").ToArray();
        Assert.Equal(
            [("a", null, null, "request"), ("b", "a", "a", "request"), ("c", "b", "a", "request")],
            started.Select(stored => (stored.JobId, stored.ParentId, stored.RootId, stored.CorrelationId)));
        Assert.Equal(3, started.Select(stored => stored.RunId).Distinct().Count());
    }

    [Fact]
    public async Task A_job_within_itself_is_not_its_own_parent()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("a", test.Options with { ParentId = "p", RootId = "r" }, (_, _) =>
            test.Logger.RunJobAsync("a", test.Options with { Attempt = 2 }, (_, _) => Task.CompletedTask));
        Assert.All(await test.StoredAsync(), stored => Assert.Equal(("p", "r"), (stored.ParentId, stored.RootId)));
    }

    [Fact]
    public async Task A_parent_elsewhere_has_no_root_made_up_for_it()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("outer", test.Options, async (_, _) =>
        {
            await test.Logger.RunJobAsync("x", test.Options with { ParentId = "elsewhere" }, (_, _) => Task.CompletedTask);
            await test.Logger.RunJobAsync("y", test.Options with { ParentId = "outer" }, (_, _) => Task.CompletedTask);
        });
        var started = (await test.StoredAsync()).Where(stored => stored.EventName == "started").ToArray();
        Assert.Equal(("elsewhere", null), (started[1].ParentId, started[1].RootId));
        Assert.Equal(("outer", "outer"), (started[2].ParentId, started[2].RootId));
    }

    [Fact]
    public async Task Events_of_another_job_carry_the_correlation_and_a_new_jobs_also_where_it_comes_from()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("a", test.Options with { CorrelationId = "request" }, (_, _) =>
            test.Logger.RunJobAsync("b", test.Options, (_, _) =>
            {
                test.Logger.LogJobEnqueued("new", "q");
                test.Logger.LogJobScheduled("later", test.Clock.GetUtcNow());
                test.Logger.LogJobDependencySatisfied("other", "b");
                test.Logger.LogJobDequeued("a", "q", "w");
                return Task.CompletedTask;
            }));

        var events = await test.StoredAsync();
        (string?, string?, string?, bool, int?) Of(string jobId, string name)
        {
            var stored = events.Single(stored => stored.JobId == jobId && stored.EventName == name);
            return (stored.ParentId, stored.RootId, stored.CorrelationId, stored.RunId is not null, stored.Attempt);
        }

        Assert.Equal(("b", "a", "request", false, null), Of("new", "enqueued"));
        Assert.Equal(("b", "a", "request", false, null), Of("later", "scheduled"));
        Assert.Equal((null, null, "request", false, null), Of("other", "dependency_satisfied"));
        Assert.Equal((null, null, "request", true, 1), Of("a", "dequeued"));
    }

    [Fact]
    public async Task The_current_scope_is_the_innermost_that_is_open()
    {
        await using var test = new JobsUnderTest();
        Assert.Null(JobScope.Current);
        using (var a = test.Logger.BeginJob("a"))
        {
            Assert.Same(a, JobScope.Current);
            using (var b = test.Logger.BeginJob("b"))
            {
                Assert.Same(b, JobScope.Current);
                b.Complete();
                Assert.Same(b, JobScope.Current);
            }

            Assert.Same(a, JobScope.Current);
        }

        Assert.Null(JobScope.Current);
    }

    [Fact]
    public async Task Scopes_disposed_in_any_order_leave_none_behind()
    {
        await using var test = new JobsUnderTest();
        var a = test.Logger.BeginJob("a");
        var b = test.Logger.BeginJob("b");
        var c = test.Logger.BeginJob("c");
        b.Dispose();
        Assert.Same(c, JobScope.Current);
        c.Dispose();
        Assert.Same(a, JobScope.Current);
        var d = test.Logger.BeginJob("d");
        Assert.Equal("a", d.ParentId);
        a.Dispose();
        Assert.Same(d, JobScope.Current);
        d.Dispose();
        d.Dispose();
        Assert.Null(JobScope.Current);
        Assert.Equal(8, (await test.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_scope_disposed_in_another_flow_is_not_current_here()
    {
        await using var test = new JobsUnderTest();
        var a = test.Logger.BeginJob("a");
        await Task.Run(a.Dispose);
        Assert.Null(JobScope.Current);
        using var b = test.Logger.BeginJob("b");
        Assert.Null(b.ParentId);
        b.Complete();
    }

    [Fact]
    public async Task What_a_job_left_behind_is_still_its_own_but_gives_nothing_to_others()
    {
        await using var test = new JobsUnderTest();
        var left = new TaskCompletionSource();
        Task straggler = Task.CompletedTask;
        await test.Logger.RunJobAsync("job", test.Options with { CorrelationId = "request" }, (_, _) =>
        {
            straggler = LogLaterAsync();
            return Task.CompletedTask;

            async Task LogLaterAsync()
            {
                await left.Task;
                Assert.Null(JobScope.Current);
                test.Logger.LogJobDequeued("job", "q", "w");
                test.Logger.LogJobEnqueued("other", "q");
            }
        });
        left.SetResult();
        await straggler;

        var events = await test.StoredAsync();
        Assert.Equal(events[0].RunId, events[2].RunId);
        Assert.Equal(("other", null, null), (events[3].JobId, events[3].ParentId, events[3].CorrelationId));
    }

    [Fact]
    public async Task Jobs_side_by_side_keep_apart()
    {
        await using var test = new JobsUnderTest();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => test.Logger.RunJobAsync($"job-{number}", async (job, _) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await Task.Yield();
                Assert.Same(job, JobScope.Current);
                test.Logger.LogJobDequeued(job.JobId, "q", job.RunId);
            }
        })));
        var logged = (await test.StoredAsync()).Where(stored => stored.EventName == "dequeued").ToArray();
        Assert.Equal(250, logged.Length);
        Assert.All(logged, stored => Assert.Equal(stored.WorkerId, stored.RunId));
    }

    [Fact]
    public async Task An_event_that_is_only_copied_takes_nothing_over()
    {
        await using var test = new JobsUnderTest();
        using var job = test.Logger.BeginJob("job");
        var read = JobEvent.Parse("""{"job_id":"job","event_type":"started","timestamp":1}"""u8);
        Assert.Null(JobEvent.Parse(read.ToUtf8Json()).RunId);
        await using var store = new InMemoryJobEventStore();
        await store.AppendAsync([read]);
        await foreach (var stored in store.GetByJobAsync("job"))
            Assert.Null(stored.RunId);

        job.Complete();
    }
}
