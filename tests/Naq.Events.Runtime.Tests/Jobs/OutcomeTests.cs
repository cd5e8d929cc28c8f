using Microsoft.Extensions.Time.Testing;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>Cancelled, timed out and failed are told apart by who stopped the work, and not by what it throws alone.</summary>
public sealed class OutcomeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(IOException))]
    public Task Without_a_stop_every_exception_is_a_failure(Type type) =>
        EndsAs("failed", _ => throw (Exception)Activator.CreateInstance(type)!);

    [Fact]
    public Task A_token_of_somebody_elses_is_a_failure() => EndsAs("failed", async run =>
    {
        using var others = new CancellationTokenSource();
        await others.CancelAsync();
        others.Token.ThrowIfCancellationRequested();
    });

    [Fact]
    public Task The_callers_token_cancels() => EndsAs("cancelled", async run =>
    {
        await run.Caller.CancelAsync();
        run.Stop.ThrowIfCancellationRequested();
    });

    [Fact]
    public Task A_cancellation_that_a_library_wrapped_is_one() => EndsAs("cancelled", async run =>
    {
        await run.Caller.CancelAsync();
        throw new IOException("The connection was reset.", new TaskCanceledException());
    });

    [Fact]
    public Task A_failure_while_stopping_is_a_failure() => EndsAs("failed", async run =>
    {
        await run.Caller.CancelAsync();
        throw new InvalidDataException("This would have failed anyway.");
    });

    [Fact]
    public Task A_failure_among_cancellations_is_a_failure() => EndsAs("failed", async run =>
    {
        await run.Caller.CancelAsync();
        throw new AggregateException(new OperationCanceledException(), new InvalidDataException());
    });

    [Fact]
    public Task Cancellations_together_are_one() => EndsAs("cancelled", async run =>
    {
        await run.Caller.CancelAsync();
        throw new AggregateException(new OperationCanceledException(), new TaskCanceledException());
    });

    [Fact]
    public Task The_limit_times_out() => EndsAs("timeout", run =>
    {
        run.Clock.Advance(Limit);
        run.Stop.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_timeout_exception_after_the_limit_is_a_timeout() => EndsAs("timeout", run =>
    {
        run.Clock.Advance(Limit);
        throw new TimeoutException();
    });

    [Fact]
    public Task A_timeout_exception_before_the_limit_is_a_failure() => EndsAs("failed", run =>
    {
        run.Clock.Advance(Limit / 2);
        throw new TimeoutException();
    });

    [Fact]
    public Task Another_exception_after_the_limit_is_a_failure() => EndsAs("failed", run =>
    {
        run.Clock.Advance(Limit);
        throw new IOException();
    });

    [Fact]
    public Task Who_stopped_it_first_counts_if_it_was_the_caller() => EndsAs("cancelled", async run =>
    {
        await run.Caller.CancelAsync();
        run.Clock.Advance(Limit);
        run.Stop.ThrowIfCancellationRequested();
    });

    [Fact]
    public Task Who_stopped_it_first_counts_if_it_was_the_limit() => EndsAs("timeout", async run =>
    {
        run.Clock.Advance(Limit);
        await run.Caller.CancelAsync();
        run.Stop.ThrowIfCancellationRequested();
    });

    [Fact]
    public Task Work_that_returns_in_spite_of_the_limit_is_completed() => EndsAs("completed", run =>
    {
        run.Clock.Advance(Limit);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Work_that_returns_in_spite_of_the_caller_is_completed() => EndsAs("completed", run => run.Caller.CancelAsync());

    [Fact]
    public Task What_the_work_says_of_itself_counts() => EndsAs("cancelled", run =>
    {
        run.Job.Cancel("nothing to do");
        run.Job.Complete();
        throw new IOException();
    });

    [Fact]
    public async Task Without_a_limit_the_work_gets_the_callers_own_token()
    {
        await using var test = new JobsUnderTest();
        using var caller = new CancellationTokenSource();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => test.Logger.RunJobAsync(
            "job",
            async (_, stop) =>
            {
                await caller.CancelAsync();
                stop.ThrowIfCancellationRequested();
            },
            caller.Token));
        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Equal("The token of the run was cancelled.", (await test.OnlyAsync("cancelled")).Details.GetString("reason"));
    }

    [Fact]
    public async Task A_timeout_says_what_the_limit_was()
    {
        await using var test = new JobsUnderTest();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Logger.RunJobAsync(
            "job",
            test.Options with { Timeout = Limit },
            (_, stop) =>
            {
                test.Clock.Advance(Limit + TimeSpan.FromSeconds(2));
                return Task.FromCanceled(stop);
            }));
        var stored = await test.OnlyAsync("timeout");
        Assert.Equal((10_000, 12_000), (stored.Details.GetDouble("timeout_ms"), stored.DurationMs));
        Assert.Equal("Timed out: the limit was 10000 ms", stored.Message);
    }

    [Fact]
    public async Task What_is_thrown_on_the_limits_thread_is_logged_and_ends_nothing_else()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("job", test.Options with { Timeout = Limit }, (_, stop) =>
        {
            using var registration = stop.Register(static () => throw new InvalidOperationException("a bad callback"));
            test.Clock.Advance(Limit);
            return Task.CompletedTask;
        });
        Assert.Equal(["started", "completed"], await test.NamesAsync());
        Assert.Contains("Job job reached its time limit", Assert.Single(test.Log.Of(201)), StringComparison.Ordinal);
    }

    private static async Task EndsAs(string expected, Func<Run, Task> work)
    {
        await using var test = new JobsUnderTest();
        using var caller = new CancellationTokenSource();
        Exception? thrown = null;
        var run = test.Logger.RunJobAsync(
            "job",
            test.Options with { Timeout = Limit },
            async (job, stop) =>
            {
                try
                {
                    await work(new Run(job, test.Clock, caller, stop));
                }
                catch (Exception exception)
                {
                    thrown = exception;
                    throw;
                }
            },
            caller.Token);
        var outside = await Record.ExceptionAsync(() => run);
        Assert.Same(thrown, outside);
        Assert.Equal(["started", expected], await test.NamesAsync());
    }

    internal sealed record Run(JobScope Job, FakeTimeProvider Clock, CancellationTokenSource Caller, CancellationToken Stop);
}
