using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class BatchingTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_idle_logger_sends_at_once()
    {
        // The clock stands still: nothing but the event itself can have sent it.
        var store = new ManualStore { Automatic = true };
        await using var test = new LoggerUnderTest(store, timeProvider: _time);
        for (var i = 1; i <= 3; i++)
        {
            test.Write("job");
            await Eventually.TrueAsync(() => store.Ids.Count == i, null, "an idle logger sends each event");
        }
    }

    [Fact]
    public async Task A_partial_batch_waits_while_another_is_under_way_and_goes_with_its_acknowledgement()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 10, _time);
        await SendFirstAsync(test, store);
        test.WriteMany(3);
        await StaysAsync(test, store, 1);

        store.Acknowledge(1);
        await Eventually.TrueAsync(() => store.Batches.Count == 2, null, "the acknowledgement sends what has gathered");
        Assert.Equal(3, store.Batches[1].Count);
        store.Acknowledge(3);
    }

    [Fact]
    public async Task A_whole_batch_goes_while_another_is_under_way()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 10, _time);
        await SendFirstAsync(test, store);
        test.WriteMany(25);
        await Eventually.TrueAsync(() => store.Batches.Count == 3, null, "two whole batches go");
        await StaysAsync(test, store, 3);
        Assert.Equal([1, 10, 10], store.Batches.Select(static batch => batch.Count));
        store.Acknowledge(100);
        await Eventually.TrueAsync(() => store.Ids.Count == 26, null, "the rest goes");
        store.Acknowledge(100);
    }

    [Fact]
    public async Task A_partial_batch_waits_no_longer_than_the_flush_interval()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, static options => options.FlushInterval = TimeSpan.FromSeconds(2), _time);
        await SendFirstAsync(test, store);
        await StaysAsync(test, store, 1);
        test.Write("job");
        await StaysAsync(test, store, 1);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await StaysAsync(test, store, 1);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.TrueAsync(() => store.Batches.Count == 2, null, "the interval is over, though nothing was acknowledged");
        store.Acknowledge(2);
    }

    [Fact]
    public async Task No_batch_is_larger_than_the_batch_size()
    {
        using var gate = new SemaphoreSlim(0);
        var store = new RecordingStore(async (_, token) => await gate.WaitAsync(token));
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 7);
        test.WriteMany(100);
        _ = gate.Release(1_000);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(100, store.Events.Count);
        Assert.All(store.Batches, static batch => Assert.InRange(batch.Count, 1, 7));
        Assert.InRange(store.Batches.Count, 15, 20);
    }

    [Fact]
    public async Task A_flush_sends_a_partial_batch_without_waiting_for_the_interval()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, timeProvider: _time);
        await SendFirstAsync(test, store);
        test.Write("job");
        var flush = test.Logger.FlushAsync().AsTask();
        await Eventually.TrueAsync(() => store.Ids.Count == 2, null, "a flush does not wait for company");
        Assert.False(flush.IsCompleted);
        store.Acknowledge(2);
        Assert.True((await flush).Completed);
    }

    private static async Task SendFirstAsync(LoggerUnderTest test, ManualStore store)
    {
        test.Write("job");
        await Eventually.TrueAsync(() => store.Ids.Count == 1, null, "the first event goes at once");
    }

    /// <summary>The pump has done all there is to do, and has sent no more.</summary>
    private static async Task StaysAsync(LoggerUnderTest test, ManualStore store, int batches)
    {
        await Eventually.TrueAsync(() => test.Logger.IsPumpWaiting, null, "the pump waits for more");
        Assert.Equal(batches, store.Batches.Count);
    }
}
