using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class OverflowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualStore _store = new();

    [Fact]
    public async Task DropOldest_drops_the_oldest_that_was_not_sent_and_reports_exactly_those()
    {
        await using var test = await FullAsync(JobEventOverflow.DropOldest);
        var waiting = test.WriteMany(3);
        var newer = test.WriteMany(5);

        _store.Acknowledge(2);
        await Eventually.TrueAsync(() => _store.Ids.Count == 5, null, "what was kept is sent");
        Assert.Equal(newer.Skip(2), _store.Ids.Skip(2));
        _store.Acknowledge(3);
        await test.DisposeAsync();
        Assert.Equal([.. waiting, .. newer.Take(2)], test.Lost(JobEventLossKind.Overflow));
    }

    [Fact]
    public async Task DropNewest_drops_what_comes_and_reports_exactly_those()
    {
        await using var test = await FullAsync(JobEventOverflow.DropNewest);
        var waiting = test.WriteMany(3);
        var newer = test.WriteMany(5);

        _store.Acknowledge(2);
        await Eventually.TrueAsync(() => _store.Ids.Count == 5, null, "what was kept is sent");
        Assert.Equal(waiting, _store.Ids.Skip(2));
        _store.Acknowledge(3);
        await test.DisposeAsync();
        Assert.Equal(newer, test.Lost(JobEventLossKind.Overflow));
    }

    [Fact]
    public async Task What_was_sent_is_never_dropped()
    {
        await using var test = new LoggerUnderTest(_store, static options => options.MaxBufferSize = 1, _time);
        var sent = test.Write("job");
        await Eventually.TrueAsync(() => _store.Ids.Count == 1, null, "the event is sent");
        var dropped = test.Write("job");
        _store.Acknowledge(1);
        await test.DisposeAsync();
        Assert.Equal([sent], _store.Ids);
        Assert.Equal([dropped], test.Lost(JobEventLossKind.Overflow));
    }

    [Fact]
    public async Task A_burst_of_drops_is_one_line_and_one_callback_and_the_next_burst_another()
    {
        await using var test = await FullAsync(JobEventOverflow.DropNewest);
        test.WriteMany(3);
        var first = test.WriteMany(1);
        await Eventually.TrueAsync(() => Advanced(TimeSpan.Zero, () => test.Losses.Count == 1), null, "the first drop is reported without delay");
        var second = test.WriteMany(50);
        Assert.Single(test.Losses);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => test.Losses.Count == 2, null, "the burst is reported after a second");
        Assert.Equal(first, test.Losses[0].EventIds);
        Assert.Equal(second, test.Losses[1].EventIds);
        Assert.Equal(2, test.Log.Of(100).Count);
        Assert.Contains("50 job events were lost (Overflow)", test.Log.Of(100)[1], StringComparison.Ordinal);
        Assert.Contains(second[0].ToString(), test.Log.Of(100)[1], StringComparison.Ordinal);
        _store.Acknowledge(2);
        await Eventually.TrueAsync(() => _store.Ids.Count == 5, null, "the rest is sent");
        _store.Acknowledge(3);
    }

    [Fact]
    public async Task LogAsync_waits_for_room_under_any_policy()
    {
        await using var test = await FullAsync(JobEventOverflow.DropOldest);
        test.WriteMany(3);
        var jobEvent = new JobEvent("job", JobEventType.Started);
        var logged = test.Logger.LogAsync(jobEvent).AsTask();
        Assert.False(logged.IsCompleted);
        _store.Acknowledge(1);
        await logged.WaitAsync(TimeSpan.FromSeconds(10));
        _store.Acknowledge(1);
        await Eventually.TrueAsync(() => _store.Ids.Count == 6, null, "nothing was dropped for it");
        Assert.Equal(jobEvent.Id, _store.Ids[5]);
        _store.Acknowledge(4);
        await test.DisposeAsync();
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task A_cancelled_LogAsync_throws_and_logs_nothing()
    {
        await using var test = await FullAsync(JobEventOverflow.DropOldest);
        test.WriteMany(3);
        using var cancellation = new CancellationTokenSource();
        var jobEvent = new JobEvent("job", JobEventType.Started);
        var logged = test.Logger.LogAsync(jobEvent, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => logged);
        _store.Acknowledge(2);
        await Eventually.TrueAsync(() => _store.Ids.Count == 5, null, "the others are sent");
        _store.Acknowledge(3);
        await test.DisposeAsync();
        Assert.DoesNotContain(jobEvent.Id, _store.Ids);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task LogAsync_that_waits_while_the_logger_is_disposed_returns_and_its_event_is_reported()
    {
        await using var test = await FullAsync(JobEventOverflow.DropOldest);
        test.WriteMany(3);
        var jobEvent = new JobEvent("job", JobEventType.Started);
        var logged = test.Logger.LogAsync(jobEvent).AsTask();
        var disposed = test.Logger.DisposeAsync().AsTask();
        await logged.WaitAsync(TimeSpan.FromSeconds(10));
        _store.Acknowledge(2);
        await Eventually.TrueAsync(() => _store.Ids.Count == 5, null, "the others are sent");
        _store.Acknowledge(3);
        await disposed;
        await Eventually.TrueAsync(() => test.Lost(JobEventLossKind.Abandoned).Count == 1, null, "its event is reported");
        Assert.Equal([jobEvent.Id], test.Lost(JobEventLossKind.Abandoned));
    }

    [Fact]
    public async Task Wait_blocks_a_log_call_until_there_is_room_and_drops_nothing()
    {
        await using var test = await FullAsync(JobEventOverflow.Wait);
        test.WriteMany(3);
        var id = Guid.Empty;
        var logging = new Thread(() => id = test.Write("job"));
        logging.Start();
        await Eventually.TrueAsync(() => (logging.ThreadState & ThreadState.WaitSleepJoin) != 0, null, "the log call waits");
        _store.AcknowledgeAllFromNowOn();
        Assert.True(logging.Join(TimeSpan.FromSeconds(10)));
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(id, _store.Ids[^1]);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task Wait_drops_the_event_when_no_room_comes_in_time()
    {
        await using var test = await FullAsync(JobEventOverflow.Wait);
        test.WriteMany(3);
        var id = Guid.Empty;
        var logging = new Thread(() => id = test.Write("job"));
        logging.Start();
        await Eventually.TrueAsync(() => Advanced(TimeSpan.FromMilliseconds(100), () => !logging.IsAlive), null, "the log call ends");
        _store.AcknowledgeAllFromNowOn();
        await test.DisposeAsync();
        Assert.Equal([id], test.Lost(JobEventLossKind.Overflow));
    }

    [Fact]
    public async Task The_buffer_is_bounded_in_bytes_and_drops_as_many_as_an_event_needs()
    {
        await using var test = new LoggerUnderTest(_store, static options => options.MaxBufferBytes = 64 * 1024, _time);
        _ = test.Write("job", new string('x', 30_000));
        await Eventually.TrueAsync(() => _store.Ids.Count == 1, null, "the first is sent");
        var small = Enumerable.Range(0, 3).Select(_ => test.Write("job", new string('x', 9_000))).ToList();
        var large = test.Write("job", new string('x', 24_000));
        _store.AcknowledgeAllFromNowOn();
        Assert.True((await test.Logger.FlushAsync()).Completed);
        await test.DisposeAsync();
        Assert.Equal(small[..2], test.Lost(JobEventLossKind.Overflow));
        Assert.Equal([small[2], large], _store.Ids.Skip(1));
    }

    [Fact]
    public async Task An_event_larger_than_all_bytes_of_the_buffer_has_room_in_an_empty_one()
    {
        _store.Automatic = true;
        await using var test = new LoggerUnderTest(_store, static options => options.MaxBufferBytes = 64 * 1024, _time);
        var id = test.Write("job", new string('x', 200_000));
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal([id], _store.Ids);
    }

    private bool Advanced(TimeSpan time, Func<bool> condition)
    {
        _time.Advance(time);
        return condition();
    }

    /// <summary>A logger for five events, two of which are under way: three more fill it.</summary>
    private async Task<LoggerUnderTest> FullAsync(JobEventOverflow overflow)
    {
        var test = new LoggerUnderTest(
            _store,
            options =>
            {
                options.MaxBufferSize = 5;
                options.BatchSize = 5;
                options.Overflow = overflow;
            },
            _time);
        test.WriteMany(2);
        await Eventually.TrueAsync(() => _store.Ids.Count >= 1, null, "the first event is sent at once");

        // The second may have missed that batch; the interval sends it.
        await Eventually.TrueAsync(() => Advanced(TimeSpan.FromSeconds(5), () => _store.Ids.Count == 2), null, "the second is sent");
        return test;
    }
}
