using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Processing;
using Naq.Events.Testing;
using Naq.Events.Watching;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Processors of one name of which one is active.</summary>
public sealed class ExclusiveTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<(string Who, string Number)> _handled = new();

    [Fact]
    public async Task One_of_several_is_active_and_another_goes_on_where_it_stopped()
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        await using var first = await StartOrderedAsync(store, "first");
        await Eventually.TrueAsync(() => first.Processor.IsActive, null, "the first is active");
        await using var second = await StartOrderedAsync(store, "second");
        await store.AppendAsync([.. Enumerable.Range(0, 20).Select(static number => Event("job", number))], TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => _handled.Count == 20);
        Assert.False(second.Processor.IsActive);

        await first.Processor.StopAsync(TestContext.Current.CancellationToken);
        await store.AppendAsync([.. Enumerable.Range(20, 20).Select(static number => Event("job", number))], TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => _handled.Count == 40);

        Assert.False(first.Processor.IsActive);
        Assert.Equal(Enumerable.Range(0, 40).Select(static number => (number < 20 ? "first" : "second", $"{number}")), _handled);
    }

    [Fact]
    public async Task One_that_cannot_keep_its_lease_cancels_what_runs_begins_nothing_more_and_goes_on_later()
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        var leases = new Leases();
        var cancelled = new TaskCompletionSource();
        var isStuck = true;
        var handlers = new EveryHandlers(async (jobEvent, _, token) =>
        {
            if (Volatile.Read(ref isStuck))
            {
                await Forever.WaitAsync(token).ContinueWith(_ => cancelled.TrySetResult(), TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
                throw new OperationCanceledException(token);
            }

            _handled.Enqueue(("it", jobEvent.Message!));
        });
        var options = new JobEventProcessorOptions { Name = "billing", MaxConcurrentHandlers = 1, HandlerTimeout = TimeSpan.FromHours(1), RetryDelay = TimeSpan.FromMilliseconds(1) };
        await using var run = new ExclusiveRun(leases, "billing", options.AckWait, fence => Begin(store, options, handlers, fence), static () => true, NullLogger.Instance, _time);
        await store.AppendAsync([Event("job", 0), Event("other", 1)], TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => run.IsActive && run.Lag.Events == 2);

        leases.IsAway = true;
        await _time.AdvanceUntilAsync(() => cancelled.Task.IsCompleted && !run.IsActive);
        Assert.Empty(_handled);

        Volatile.Write(ref isStuck, false);
        leases.IsAway = false;
        await _time.AdvanceUntilAsync(() => _handled.Count == 2);
    }

    [Fact]
    public async Task One_that_was_frozen_takes_over_anew_though_nobody_else_has_meanwhile()
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        var options = new JobEventProcessorOptions { Name = "billing" };
        var begun = 0;
        await using var run = new ExclusiveRun(new Leases(), "billing", options.AckWait, BeginCounted, static () => true, NullLogger.Instance, _time);
        await _time.AdvanceUntilAsync(() => run.IsActive);
        Assert.Equal(1, Volatile.Read(ref begun));

        _time.Advance(options.AckWait);

        await _time.AdvanceUntilAsync(() => Volatile.Read(ref begun) == 2 && run.IsActive);

        ProcessorRun BeginCounted(Fence fence)
        {
            _ = Interlocked.Increment(ref begun);
            return Begin(store, options, new EveryHandlers(static (_, _, _) => default), fence);
        }
    }

    [Fact]
    public async Task One_that_is_to_have_its_lease_no_more_keeps_it_until_what_runs_has_ended()
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        var leases = new Leases();
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var handlers = new EveryHandlers(async (jobEvent, _, _) =>
        {
            began.TrySetResult();
            await end.Task;
            _handled.Enqueue(("it", jobEvent.Message!));
        });
        var options = new JobEventProcessorOptions { Name = "billing", MaxConcurrentHandlers = 1, StopTimeout = TimeSpan.FromHours(1) };
        var isWanted = true;
        await using var run = new ExclusiveRun(leases, "billing", options.AckWait, fence => Begin(store, options, handlers, fence), () => Volatile.Read(ref isWanted), NullLogger.Instance, _time);
        await store.AppendAsync([Event("job", 0), Event("job", 1)], TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => began.Task.IsCompleted);

        Volatile.Write(ref isWanted, false);
        var kept = leases.Kept;
        await _time.AdvanceUntilAsync(() => leases.Kept > kept + 10);
        Assert.True(run.IsActive);
        Assert.Equal(0, leases.Released);

        end.SetResult();
        await _time.AdvanceUntilAsync(() => leases.Released == 1);
        Assert.False(run.IsActive);
        Assert.Equal([("it", "0")], _handled);

        Volatile.Write(ref isWanted, true);
        await _time.AdvanceUntilAsync(() => _handled.Count == 2);
        Assert.True(run.IsActive);
    }

    [Fact]
    public void Shares_are_of_an_order_over_all_processes()
    {
        var options = new JobEventProcessorOptions { Name = "billing", Shares = 4 };
        var refused = Assert.Throws<ArgumentException>(() => new JobEventProcessor(new InMemoryJobEventStore(), options));
        Assert.Contains("Shares is 4, but Ordering is PerJob", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_memory_gives_its_one_process_all_shares()
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        await using var test = await StartOrderedAsync(store, "it", shares: 4);
        await store.AppendAsync([.. Enumerable.Range(0, 20).Select(static number => Event($"job-{number}", number))], TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => _handled.Count == 20);
    }

    [Fact]
    public void A_live_processor_cannot_be_one_of_several()
    {
        var options = new JobEventProcessorOptions { Ordering = JobEventOrdering.PerJobAcrossInstances };
        var refused = Assert.Throws<ArgumentException>(() => new JobEventProcessor(new InMemoryJobEventStore(), options));
        Assert.Contains("Set Name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_ends_by_either_clock()
    {
        var fence = new Fence(TimeSpan.FromSeconds(10), _time);
        Assert.True(fence.IsOver);
        fence.Renew(fence.Now);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(fence.IsOver);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(fence.IsOver);

        // A machine that slept: the time since its start stood still.
        var (timestamp, ticks) = fence.Now;
        fence.Renew((timestamp, ticks - TimeSpan.TicksPerMinute));
        Assert.True(fence.IsOver);
    }

    private ProcessorRun Begin(InMemoryJobEventStore store, JobEventProcessorOptions options, EveryHandlers handlers, Fence fence) => new(
        store, options, [new JobEventDispatcher<EveryHandlers>(handlers)], JobEventStart.Beginning, EmptyServices.Instance, NullLogger.Instance, _time, fence);

    private Task<ProcessorUnderTest> StartOrderedAsync(InMemoryJobEventStore store, string who, int shares = 1) => StartAsync(
        store,
        (jobEvent, _, _) =>
        {
            _handled.Enqueue((who, jobEvent.Message!));
            return default;
        },
        options => (options.Name, options.Ordering, options.Shares) = ("billing", JobEventOrdering.PerJobAcrossInstances, shares),
        _time);

    private sealed class Leases : ILeasingStore, ILease
    {
        public volatile bool IsAway;
        private int _kept;
        private int _released;

        public int Kept => Volatile.Read(ref _kept);

        public int Released => Volatile.Read(ref _released);

        public ValueTask<ILease> OpenLeaseAsync(string role, TimeSpan takeOverAfter, CancellationToken cancellationToken) => ValueTask.FromResult<ILease>(this);

        public ValueTask<ILease> OpenProcessorLeaseAsync(string name, TimeSpan takeOverAfter, CancellationToken cancellationToken) => ValueTask.FromResult<ILease>(this);

        public ValueTask<bool> KeepAsync(CancellationToken cancellationToken) =>
            IsAway ? throw new JobEventStoreException("The store is away.") : ValueTask.FromResult(Interlocked.Increment(ref _kept) > 0);

        public ValueTask ReleaseAsync(CancellationToken cancellationToken)
        {
            _ = Interlocked.Increment(ref _released);
            return default;
        }
    }
}
