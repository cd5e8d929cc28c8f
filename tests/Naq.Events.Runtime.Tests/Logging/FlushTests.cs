using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class FlushTests
{
    [Fact]
    public async Task A_flush_counts_what_was_stored_while_it_waited()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        var ids = test.WriteMany(250);
        var result = await test.Logger.FlushAsync();
        Assert.True(result.Completed);
        Assert.Equal(0, result.Remaining);
        Assert.Empty(result.RemainingIds);
        Assert.InRange(result.Stored, 0, 250);
        Assert.Equal(ids, store.Ids);
        Assert.Equal(new FlushResult(0, 0, []), (await test.Logger.FlushAsync()) with { RemainingIds = [] });
    }

    [Fact]
    public async Task A_flush_waits_for_what_was_logged_before_it_and_for_no_more()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store);
        test.WriteMany(3);
        var flush = test.Logger.FlushAsync().AsTask();
        await Eventually.TrueAsync(() => store.Ids.Count == 3, null, "the flush sends all three");
        test.WriteMany(2);
        store.Acknowledge(2);
        Assert.False(flush.IsCompleted);
        store.Acknowledge(1);
        var result = await flush.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, result.Stored);
        Assert.Equal(0, result.Remaining);
        await Eventually.TrueAsync(() => store.Ids.Count == 5, null, "the later two go on");
        store.Acknowledge(2);
    }

    [Fact]
    public async Task A_cancelled_flush_says_what_remains_and_loses_nothing()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store);
        var ids = test.WriteMany(150);
        using var cancellation = new CancellationTokenSource();
        var flush = test.Logger.FlushAsync(cancellation.Token).AsTask();
        await Eventually.TrueAsync(() => store.Ids.Count == 150, null, "the flush sends all");
        store.Acknowledge(10);
        await cancellation.CancelAsync();
        var result = await flush;
        Assert.False(result.Completed);
        Assert.Equal(10, result.Stored);
        Assert.Equal(140, result.Remaining);
        Assert.Equal(ids.Skip(10).Take(100), result.RemainingIds);
        store.Acknowledge(140);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        await test.DisposeAsync();
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task Flush_with_a_timeout_ends_when_the_time_is_up()
    {
        var time = new FakeTimeProvider();
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, timeProvider: time);
        var id = test.Write("job");
        var flush = Task.Run(() => test.Logger.Flush(TimeSpan.FromSeconds(3)));
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return flush.IsCompleted;
            },
            null,
            "the time is up");
        Assert.Equal([id], (await flush).RemainingIds);
        store.Acknowledge(1);
    }

    [Fact]
    public async Task A_flush_reports_what_the_store_refused_and_what_was_dropped_meanwhile()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, static options =>
        {
            options.MaxBufferSize = 2;
            options.BatchSize = 1;
        });
        var refused = test.Write("job");
        await Eventually.TrueAsync(() => store.Ids.Count == 1, null, "the first is sent");
        var flush = test.Logger.FlushAsync().AsTask();
        store.Refuse(1, "no");
        var result = await flush;
        Assert.Equal(new FlushResult(0, 1, result.RemainingIds), result);
        Assert.Equal([refused], result.RemainingIds);
        await Eventually.TrueAsync(() => test.Losses.Count == 1, null, "the refusal is reported");
        Assert.Equal((JobEventLossKind.Rejected, "no"), (test.Losses[0].Kind, test.Losses[0].Reason));
    }

    [Fact]
    public async Task Many_flushes_at_once_all_end()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 5);
        var flushes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var completed = true;
            for (var i = 0; i < 50; i++)
            {
                test.Write("job");
                completed &= (await test.Logger.FlushAsync()).Completed;
            }

            return completed;
        })));
        Assert.All(flushes, Assert.True);
        Assert.Equal(800, store.Ids.Distinct().Count());
    }
}
