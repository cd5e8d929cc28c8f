using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class DisposeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Dispose_stores_what_is_buffered()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 3);
        var ids = test.WriteMany(100);
        await test.Logger.DisposeAsync();
        Assert.Equal(ids, store.Ids);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task The_blocking_dispose_stores_what_is_buffered()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        await using var test = new LoggerUnderTest(store, static options => options.BatchSize = 3);
        var ids = test.WriteMany(100);
        test.Logger.Dispose();
        Assert.Equal(ids, store.Ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_hangs_holds_dispose_no_longer_than_the_drain_timeout(bool heedsItsToken)
    {
        var store = new RecordingStore(async (_, token) =>
            await Forever.WaitAsync(heedsItsToken ? token : CancellationToken.None));
        await HangsAsync(store);
    }

    [Fact]
    public async Task A_store_that_blocks_its_thread_holds_dispose_no_longer_than_the_drain_timeout()
    {
        using var gate = new ManualResetEventSlim();
        await HangsAsync(new RecordingStore((_, _) =>
        {
            gate.Wait(CancellationToken.None);
            return default;
        }));
        gate.Set();
    }

    [Fact]
    public async Task A_store_that_never_acknowledges_holds_dispose_no_longer_than_the_drain_timeout()
    {
        var store = new ManualStore();
        await HangsAsync(store);

        // A late acknowledgement finds nothing to spoil: the publisher was disposed, and reports no more.
        Assert.Equal(5, store.Ids.Count);
    }

    [Fact]
    public async Task A_drain_timeout_of_zero_gives_up_at_once()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store, static options => options.DrainTimeout = TimeSpan.Zero);
        var ids = test.WriteMany(3);
        await test.Logger.DisposeAsync().AsTask().WaitAsync(Soon);
        Assert.Equal(ids, test.Lost(JobEventLossKind.Abandoned));
    }

    [Fact]
    public async Task A_store_that_throws_once_loses_nothing()
    {
        var failures = 1;
        var store = new RecordingStore((_, _) => Interlocked.Decrement(ref failures) >= 0
            ? throw new JobEventStoreException("Not now.") : default);
        await using var test = new LoggerUnderTest(store, static options => options.RetryDelay = TimeSpan.FromMilliseconds(1));
        var ids = test.WriteMany(20);
        await test.Logger.DisposeAsync();
        Assert.Equal(ids, store.Ids);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task A_store_that_fails_has_its_events_reported_by_dispose()
    {
        var store = new RecordingStore(static (_, _) => throw new JobEventStoreException("Never."));
        await using var test = new LoggerUnderTest(store, static options => options.RetryAttempts = 0);
        var ids = test.WriteMany(20);
        await test.Logger.DisposeAsync();
        Assert.Equal(ids.Order(), test.Lost(JobEventLossKind.Rejected).Order());
        Assert.All(test.Losses, static loss => Assert.Equal("Never.", loss.Reason));
    }

    [Fact]
    public async Task Dispose_twice_and_at_once_is_one_dispose()
    {
        var store = new ManualStore();
        await using var test = new LoggerUnderTest(store);
        var ids = test.WriteMany(4);
        var disposals = Enumerable.Range(0, 8)
            .Select(number => number % 2 == 0 ? Task.Run(test.Logger.Dispose) : Task.Run(async () => await test.Logger.DisposeAsync()))
            .ToList();
        await Eventually.TrueAsync(() => store.Ids.Count == 4, null, "a dispose drains");
        Assert.DoesNotContain(disposals, static disposal => disposal.IsCompleted);
        store.Acknowledge(4);
        await Task.WhenAll(disposals).WaitAsync(Soon);
        test.Logger.Dispose();
        Assert.Equal(ids, store.Ids);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task What_is_logged_after_dispose_is_reported_and_nothing_throws()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        await test.Logger.DisposeAsync();
        var jobEvent = new JobEvent("job", JobEventType.Started);
        Guid[] ids = [test.Write("job"), jobEvent.Id];
        test.Logger.Log(jobEvent);
        var waited = new JobEvent("job", JobEventType.Completed);
        await test.Logger.LogAsync(waited);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.True(test.Logger.Flush(TimeSpan.FromSeconds(1)).Completed);
        await Eventually.TrueAsync(
            () => test.Lost(JobEventLossKind.Abandoned).Count == 3, null, "each event after dispose is reported");
        Assert.Equal([.. ids, waited.Id], test.Lost(JobEventLossKind.Abandoned));
        Assert.NotEmpty(test.Log.Of(100));
        Assert.Empty(store.Events);
    }

    [Fact]
    public async Task Logging_while_the_logger_is_disposed_stores_or_reports_each_event_once()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        await using var test = new LoggerUnderTest(store, static options => options.MaxBufferSize = 50);
        using var stop = new CancellationTokenSource();

        // Threads of their own: the pump needs one of the pool's.
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var ids = new List<Guid>();
                while (!stop.IsCancellationRequested)
                    ids.Add(test.Write("job"));

                return ids;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToList();
        try
        {
            await Eventually.TrueAsync(() => store.Calls > 10, null, "events flow");
            await test.Logger.DisposeAsync();
        }
        finally
        {
            // A test that fails leaves no threads that log for ever.
            await stop.CancelAsync();
        }

        var written = (await Task.WhenAll(writers)).SelectMany(static ids => ids).ToHashSet();
        await Eventually.TrueAsync(
            () => store.Ids.Count + test.Losses.Sum(static loss => loss.EventIds.Count) == written.Count,
            null,
            "each event is stored or reported");
        Assert.True(written.SetEquals([.. store.Ids, .. test.Losses.SelectMany(static loss => loss.EventIds)]));
    }

    private static async Task HangsAsync(IJobEventStore store)
    {
        var time = new FakeTimeProvider();
        await using var test = new LoggerUnderTest(store, static options => options.DrainTimeout = TimeSpan.FromSeconds(7), time);
        var ids = test.WriteMany(5);
        var disposed = test.Logger.DisposeAsync().AsTask();
        await Eventually.TrueAsync(
            () => store is RecordingStore recording ? recording.Calls > 0 : ((ManualStore)store).Ids.Count == 5,
            null,
            "the store was called");
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(disposed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await disposed.WaitAsync(Soon);
        Assert.Equal(ids, test.Lost(JobEventLossKind.Abandoned));
        Assert.Contains("DrainTimeout", test.Losses[0].Reason, StringComparison.Ordinal);
    }
}
