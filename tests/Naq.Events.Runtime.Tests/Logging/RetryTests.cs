using Microsoft.Extensions.Time.Testing;
using Naq.Events.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class RetryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private int _attempts;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task When_the_attempts_are_used_up_the_last_failure_is_thrown(int retries)
    {
        var told = 0;
        var running = Backoff.Attempts(retries, Second, _time, (_, _) => told++)
            .ExecuteAsync(_ => throw new JobEventStoreException($"failure {++_attempts}"), TestContext.Current.CancellationToken).AsTask();

        var thrown = await Assert.ThrowsAsync<JobEventStoreException>(() => ElapseAsync(running));

        Assert.Equal($"failure {retries + 1}", thrown.Message);
        Assert.Equal(retries, told);
    }

    [Fact]
    public async Task The_result_of_the_attempt_that_succeeds_is_returned()
    {
        var running = Backoff.Attempts(3, Second, _time, static (_, _) => { })
            .ExecuteAsync(_ => ++_attempts < 3 ? throw new JobEventStoreException("away") : ValueTask.FromResult(_attempts), TestContext.Current.CancellationToken)
            .AsTask();

        await ElapseAsync(running);

        Assert.Equal(3, await running);
    }

    [Fact]
    public async Task What_no_attempt_mends_is_thrown_at_once()
    {
        var retry = Backoff.WhileTransient(Second, _time, static exception => exception is TimeoutException);
        var running = retry.ExecuteAsync(
            _ => throw (++_attempts < 3 ? new TimeoutException() : new JobEventStoreException("refused")), TestContext.Current.CancellationToken).AsTask();

        await Assert.ThrowsAsync<JobEventStoreException>(() => ElapseAsync(running));

        Assert.Equal(3, _attempts);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_tried_again()
    {
        var running = Backoff.Attempts(1, Second, _time, static (_, _) => { })
            .ExecuteAsync(_ => ++_attempts < 2 ? throw new TaskCanceledException() : default, TestContext.Current.CancellationToken).AsTask();

        await ElapseAsync(running);

        Assert.Equal(2, _attempts);
    }

    [Fact]
    public async Task Nothing_is_tried_once_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var retry = Backoff.Forever(Second, _time, static (_, _) => { });
        ValueTask Fail(CancellationToken token)
        {
            _attempts++;
            throw new JobEventStoreException("away");
        }

        var waiting = retry.ExecuteAsync(Fail, stop.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retry.ExecuteAsync(Fail, stop.Token).AsTask());
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task An_attempt_that_is_cancelled_is_the_last()
    {
        using var stop = new CancellationTokenSource();
        var running = Backoff.Forever(Second, _time, static (_, _) => Assert.Fail("a retry"))
            .ExecuteAsync(token => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, token)), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task However_long_a_server_was_away_its_return_is_noticed_within_five_seconds()
    {
        var isBack = false;
        var delays = new List<TimeSpan>();
        var running = Backoff.Forever(Second, _time, (_, delay) => delays.Add(delay)).ExecuteAsync(
            _ =>
            {
                _attempts++;
                return Volatile.Read(ref isBack) ? default : throw new JobEventStoreException("away");
            },
            TestContext.Current.CancellationToken).AsTask();

        for (var attempt = 1; attempt <= 100; attempt++)
        {
            await Eventually.TrueAsync(() => delays.Count == attempt, null, "an attempt has failed");
            Assert.InRange(delays[^1], 0.5 * Second, 5 * Second);
            Volatile.Write(ref isBack, attempt == 100);
            _time.Advance(delays[^1]);
        }

        await running.WaitAsync(10 * Second, TestContext.Current.CancellationToken);
        Assert.Equal(101, _attempts);
        Assert.True(delays.Skip(3).Distinct().Count() > 90, "each wait is another");
    }

    // Lets time pass until it ends.
    private Task ElapseAsync(Task running) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(Second);
            return running.IsCompleted;
        },
        null,
        "it ends").ContinueWith(_ => running, TaskScheduler.Default).Unwrap();
}
