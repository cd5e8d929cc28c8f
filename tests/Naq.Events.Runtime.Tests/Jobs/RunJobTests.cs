using Naq.Events.Jobs;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Jobs;

public sealed class RunJobTests
{
    [Fact]
    public async Task Work_that_returns_is_completed_and_its_cost_is_measured()
    {
        await using var test = new JobsUnderTest();
        var options = test.Options with
        {
            QueueName = "orders",
            WorkerId = "worker-3",
            WorkerType = "async",
            Attempt = 2,
            CorrelationId = "request-9",
            Tags = new Dictionary<string, string> { ["tenant"] = "acme" },
            Metadata = JobEventFields.Parse("""{"region":"eu"}"""),
        };
        var start = test.Clock.GetUtcNow();

        await test.Logger.RunJobAsync("order-17", options, async (job, _) =>
        {
            await Task.Yield();
            Burn();
            test.Clock.Advance(TimeSpan.FromMilliseconds(1250));
            Assert.Equal("order-17", job.JobId);
            Assert.Equal(TimeSpan.FromMilliseconds(1250), job.Elapsed);
        });

        var events = await test.StoredAsync();
        Assert.Equal(["started", "completed"], events.Select(stored => stored.EventName));
        foreach (var stored in events)
        {
            Assert.Equal(
                ("order-17", "orders", "worker-3", "async", 2, "request-9", "acme", "eu"),
                (stored.JobId, stored.QueueName, stored.WorkerId, stored.WorkerType, stored.Attempt, stored.CorrelationId,
                    stored.Tags["tenant"], stored.Metadata.GetString("region")));
        }

        Assert.Equal(start, events[0].Timestamp);
        Assert.NotNull(events[0].RunId);
        Assert.Equal(events[0].RunId, events[1].RunId);
        var completed = events[1];
        Assert.Equal(start.AddMilliseconds(1250), completed.Timestamp);
        Assert.Equal(start, DateTimeOffset.Parse(completed.Details.GetString("started_at")!, null));
        Assert.Equal(1250, completed.DurationMs);
        Assert.InRange(completed.CpuTimeMs!.Value, 50, 60_000);
        Assert.InRange(completed.MemoryMb!.Value, 8, 1_000);
        Assert.Equal("Completed in 1250.00 ms", completed.Message);
    }

    [Fact]
    public async Task The_result_of_the_work_is_returned()
    {
        await using var test = new JobsUnderTest();
        Assert.Equal(7, await test.Logger.RunJobAsync("a", async (_, _) => await Task.FromResult(7)));
        Assert.Equal(8, await test.Logger.RunJobAsync("b", test.Options, async (_, _) => await Task.FromResult(8)));
        Assert.Equal(9, await test.Logger.RunJobAsync("c", test.Options, 9, static async (state, _, _) => await Task.FromResult(state)));
        Assert.Equal(10, test.Logger.RunJob("d", (_, _) => 10));
        Assert.Equal(11, test.Logger.RunJob("e", test.Options, (_, _) => 11));
        await test.Logger.RunJobAsync("f", (_, _) => Task.CompletedTask);
        await test.Logger.RunJobAsync("g", test.Options, "state", static (_, _, _) => Task.CompletedTask);
        var ran = 0;
        test.Logger.RunJob("h", (_, _) => { ran++; });
        test.Logger.RunJob("i", test.Options, (_, _) => { ran++; });

        Assert.Equal(2, ran);
        var events = await test.StoredAsync();
        Assert.Equal(
            "abcdefghi".SelectMany(id => new[] { $"{id} started", $"{id} completed" }),
            events.Select(stored => $"{stored.JobId} {stored.EventName}"));
    }

    [Fact]
    public async Task What_the_work_throws_is_thrown_on_as_it_is()
    {
        await using var test = new JobsUnderTest();
        var error = new InvalidOperationException("The disk is full.");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            test.Logger.RunJobAsync("job", test.Options with { Attempt = 3 }, async (_, _) => { await Task.Yield(); Throw(error); }));

        Assert.Same(error, thrown);
        Assert.StartsWith("   at Naq.Events.Runtime.Tests.Jobs.RunJobTests.Throw", thrown.StackTrace, StringComparison.Ordinal);
        var failed = await test.OnlyAsync("failed");
        Assert.Equal(("System.InvalidOperationException", "The disk is full.", 3, 2), (
            failed.ErrorType, failed.ErrorMessage, failed.Attempt, failed.Details.GetInt64("retry_count")));
        Assert.Contains("RunJobTests.Throw", failed.ErrorStack, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{16}$", failed.ErrorFingerprint);
        Assert.NotNull(failed.Details.GetString("started_at"));
    }

    [Fact]
    public async Task What_blocking_work_throws_is_thrown_on_as_it_is()
    {
        await using var test = new JobsUnderTest();
        var error = new InvalidOperationException("The disk is full.");

        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => test.Logger.RunJob("job", (_, _) => Throw(error))));
        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => test.Logger.RunJob("job", (_, _) => ThrowInt(error))));

        Assert.StartsWith("   at Naq.Events.Runtime.Tests.Jobs.RunJobTests.Throw", error.StackTrace, StringComparison.Ordinal);
        Assert.Equal(["started", "failed", "started", "failed"], await test.NamesAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_job_without_a_usable_id_runs_and_its_events_are_refused(string? jobId)
    {
        await using var test = new JobsUnderTest();
        Assert.Equal(1, await test.Logger.RunJobAsync(jobId!, (_, _) => Task.FromResult(1)));
        Assert.Empty(await test.NamesAsync());
        await Eventually.TrueAsync(() => test.Losses.Sum(loss => loss.EventIds.Count) == 2, null, "the refusals are reported");
    }

    [Fact]
    public async Task The_work_runs_where_the_caller_is()
    {
        await using var test = new JobsUnderTest();
        var thread = Environment.CurrentManagedThreadId;
        var seen = 0;
        var run = test.Logger.RunJobAsync("job", (_, _) => { seen = Environment.CurrentManagedThreadId; return Task.CompletedTask; });
        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(thread, seen);
    }

    [Fact]
    public void Options_say_what_is_wrong_with_them()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobRunOptions { Attempt = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobRunOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobRunOptions { Timeout = TimeSpan.FromDays(50) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobRunOptions { HeartbeatInterval = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobRunOptions { ProgressInterval = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentException>(() => new JobRunOptions { WorkerId = "" });
        Assert.Throws<ArgumentException>(() => new JobRunOptions { WorkerType = "" });
        Assert.Equal($"{Environment.MachineName}-{Environment.ProcessId}", new JobRunOptions().WorkerId);
    }

    private static void Throw(Exception error) => throw error;

    private static int ThrowInt(Exception error) => throw error;

    private static void Burn()
    {
        var until = ThreadClock.Nanoseconds + 50_000_000;
        while (ThreadClock.Nanoseconds < until)
            Thread.SpinWait(1000);

        for (var i = 0; i < 160; i++)
            GC.KeepAlive(new byte[64 * 1024]);
    }
}
