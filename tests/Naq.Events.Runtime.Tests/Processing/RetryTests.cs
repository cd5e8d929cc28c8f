using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class RetryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_failed_event_comes_again_with_doubling_waits_then_is_a_dead_letter()
    {
        using var store = new InMemoryJobEventStore(timeProvider: _time);
        var deliveries = new ConcurrentQueue<(int Delivery, DateTimeOffset At)>();
        var other = 0;
        await using var test = await StartAsync(
            store,
            (jobEvent, context, _) =>
            {
                if (jobEvent.JobId == "good")
                {
                    Interlocked.Increment(ref other);
                    return default;
                }

                deliveries.Enqueue((context.Delivery, _time.GetUtcNow()));
                Assert.Equal("retry", context.Processor);
                throw new InvalidOperationException("broken");
            },
            static options =>
            {
                options.Name = "retry";
                options.MaxDeliver = 4;
                options.RetryDelay = TimeSpan.FromSeconds(2);
            },
            _time);
        await store.AppendAsync([Event("bad"), Event("good")]);
        await _time.AdvanceUntilAsync(() => test.Log.Of(310).Count == 1);
        Assert.Equal([1, 2, 3, 4], deliveries.Select(static delivery => delivery.Delivery));
        var waits = deliveries.Zip(deliveries.Skip(1), static (earlier, later) => (later.At - earlier.At).TotalSeconds).ToList();
        Assert.All(waits.Zip([2.0, 4.0, 8.0]), static wait => Assert.InRange(wait.First, wait.Second, wait.Second + 1.5));
        Assert.Contains("failed in the last of 4 deliveries", test.Log.Of(310)[0], StringComparison.Ordinal);
        Assert.Equal(1, other);
        Assert.Equal(2, await store.CountAsync());
    }

    [Fact]
    public async Task An_event_that_is_handled_in_a_later_delivery_does_not_come_again()
    {
        using var store = new InMemoryJobEventStore(timeProvider: _time);
        var calls = 0;
        var last = 0;
        await using var test = await StartAsync(
            store,
            (jobEvent, context, _) =>
            {
                if (jobEvent.JobId == "last")
                    Interlocked.Increment(ref last);
                else if (Interlocked.Increment(ref calls) == 1)
                    throw new InvalidOperationException("broken");

                return default;
            },
            static options => options.Name = "retry",
            _time);
        await store.AppendAsync(Event("job"));
        await _time.AdvanceUntilAsync(() => Volatile.Read(ref calls) == 2);
        _time.Advance(TimeSpan.FromMinutes(5));
        await store.AppendAsync(Event("last"));
        await _time.AdvanceUntilAsync(() => Volatile.Read(ref last) == 1);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Only_the_handler_that_failed_runs_again()
    {
        using var store = new InMemoryJobEventStore(timeProvider: _time);
        var (first, second, other) = (0, 0, 0);
        await using var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "siblings", MaxDeliver = 3 }, timeProvider: _time);
        processor.AddHandlers(new FailedHandlers(
            _ => Interlocked.Increment(ref first),
            _ => throw new InvalidOperationException($"broken {Interlocked.Increment(ref second)}")));
        processor.AddHandlers(new FailedHandlers(
            _ =>
            {
                if (Interlocked.Increment(ref other) == 1)
                    throw new InvalidOperationException("once");
            },
            static _ => { }));
        await processor.StartAsync();
        await store.AppendAsync(new JobEvent("job", JobEventType.Failed));
        await _time.AdvanceUntilAsync(() => processor.DeadLetters!.Count() == 1);
        Assert.Equal((1, 3, 2), (first, second, other));

        // A replay begins anew.
        processor.DeadLetters!.ReplayAll();
        await _time.AdvanceUntilAsync(() => processor.DeadLetters!.Count() == 1);
        Assert.Equal((2, 6, 3), (first, second, other));
    }

    [Fact]
    public async Task An_event_that_waits_long_for_its_turn_is_not_delivered_twice()
    {
        // Longer in hand than the store waits for an answer: the processor tells it that the event is being worked on.
        using var store = new InMemoryJobEventStore(timeProvider: _time);
        var gate = new TaskCompletionSource();
        var handled = new ConcurrentQueue<(string Number, int Delivery)>();
        var ticks = 0;
        await using var test = await StartAsync(
            store,
            async (jobEvent, context, _) =>
            {
                if (jobEvent.JobId == "clock")
                {
                    Interlocked.Increment(ref ticks);
                    return;
                }

                handled.Enqueue((jobEvent.Message!, context.Delivery));
                await gate.Task;
            },
            static options =>
            {
                options.Name = "slow";
                options.HandlerTimeout = TimeSpan.FromHours(2);
            },
            _time);
        await store.AppendAsync([Event("job", 0), Event("job", 1)]);
        await Eventually.TrueAsync(() => handled.Count == 1, null, "the first is handled");
        for (var i = 1; i <= 40; i++)
        {
            // What is due comes first: with this event, the store has looked whether that one's time is up.
            _time.Advance(TimeSpan.FromSeconds(5));
            await store.AppendAsync(Event("clock"));
            await Eventually.TrueAsync(() => Volatile.Read(ref ticks) == i, null, "the event after it is handled");
        }

        gate.SetResult();
        await _time.AdvanceUntilAsync(() => handled.Count >= 2);
        await store.AppendAsync(Event("job", 2));
        await _time.AdvanceUntilAsync(() => handled.Count >= 3);
        Assert.Equal([("0", 1), ("1", 1), ("2", 1)], handled);
    }
}
