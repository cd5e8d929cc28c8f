using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.CompilerServices;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class HandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_takes_too_long_is_ended_or_left_behind_and_its_job_goes_on(bool heedsItsToken)
    {
        using var store = new InMemoryJobEventStore();
        var time = new FakeTimeProvider();
        var began = new TaskCompletionSource();
        var handled = new ConcurrentQueue<string>();
        await using var test = await StartAsync(
            store,
            async (jobEvent, _, token) =>
            {
                if (jobEvent.Message == "0")
                {
                    began.SetResult();
                    await Forever.WaitAsync(heedsItsToken ? token : CancellationToken.None);
                }

                handled.Enqueue(jobEvent.Message!);
            },
            static options => options.HandlerTimeout = TimeSpan.FromSeconds(30),
            time);
        await store.AppendAsync([Event("job", 0), Event("job", 1)]);
        await began.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(handled);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => handled.Count == 1, null, "the next event of the job is handled");
        Assert.Contains("did not end within HandlerTimeout (30 s)", Assert.Single(test.Log.Of(301)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_left_handler_that_fails_later_is_logged()
    {
        using var store = new InMemoryJobEventStore();
        var time = new FakeTimeProvider();
        var gate = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await using var test = await StartAsync(
            store,
            async (_, _, _) =>
            {
                began.SetResult();
                await gate.Task;
                throw new InvalidOperationException("late");
            },
            timeProvider: time);
        await store.AppendAsync(Event("job"));
        await began.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => test.Log.Of(301).Count == 1, null, "it is left behind");
        gate.SetResult();
        await Eventually.TrueAsync(() => test.Log.Of(302).Count == 1, null, "its failure is logged");
    }

    [Theory]
    [InlineData("synchronous")]
    [InlineData("asynchronous")]
    [InlineData("cancelled")]
    [InlineData("faulted")]
    public async Task A_handler_that_fails_is_logged_with_its_event_and_the_next_event_is_handled(string how)
    {
        using var store = new InMemoryJobEventStore();
        var handled = 0;
        await using var test = await StartAsync(store, (jobEvent, _, _) =>
        {
            _ = Interlocked.Increment(ref handled);
            return jobEvent.Message != "0" ? default : how switch
            {
                "synchronous" => throw new InvalidOperationException("broken"),
                "asynchronous" => FailLaterAsync(),
                "cancelled" => ValueTask.FromCanceled(new CancellationToken(canceled: true)),
                _ => ValueTask.FromException(new InvalidOperationException("broken")),
            };
        });
        var failing = Event("job", 0);
        await store.AppendAsync([failing, Event("job", 1)]);
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 2, null, "the next event is handled");
        var line = Assert.Single(test.Log.Of(300));
        Assert.Contains("EveryHandlers.On", line, StringComparison.Ordinal);
        Assert.Contains(failing.Id.ToString(), line, StringComparison.Ordinal);
        Assert.Contains(failing.Id.ToString(), Assert.Single(test.Log.Of(303)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_does_not_keep_the_event_from_the_next_handler()
    {
        using var store = new InMemoryJobEventStore();
        var second = new ConcurrentQueue<Guid>();
        using var processor = new JobEventProcessor(store);
        processor.AddHandlers(new FailedHandlers(
            static _ => throw new InvalidOperationException("broken"), jobEvent => second.Enqueue(jobEvent.Id)));
        await processor.StartAsync();
        var failed = new JobEvent("job", JobEventType.Failed);
        await store.AppendAsync([new JobEvent("job", JobEventType.Started), failed]);
        await Eventually.TrueAsync(() => !second.IsEmpty, null, "the second handler runs");
        Assert.Equal([failed.Id], second);
    }

    [Fact]
    public async Task Handlers_may_not_be_added_while_the_processor_runs()
    {
        using var store = new InMemoryJobEventStore();
        await using var test = await StartAsync(store, static (_, _, _) => default);
        _ = Assert.Throws<InvalidOperationException>(() => test.Processor.AddHandlers(new EveryHandlers(static (_, _, _) => default)));
        await test.Processor.StopAsync();
        test.Processor.AddHandlers(new EveryHandlers(static (_, _, _) => default));
    }

    [Fact]
    public async Task A_processor_without_handlers_does_not_start_and_acknowledges_nothing()
    {
        using var store = new InMemoryJobEventStore();
        using var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = "durable" });
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartAsync().AsTask());
        Assert.Contains("AddHandlers", thrown.Message, StringComparison.Ordinal);

        var handled = new ConcurrentQueue<JobEvent>();
        await store.AppendAsync(Event("job"));
        processor.AddHandlers(new EveryHandlers((jobEvent, _, _) =>
        {
            handled.Enqueue(jobEvent);
            return default;
        }));
        await processor.StartAsync();
        await Eventually.TrueAsync(() => handled.Count == 1, null, "the event is handled");
    }

    [Fact]
    public async Task Scoped_handlers_get_a_scope_for_each_event_and_are_disposed_with_it()
    {
        var log = new ConcurrentQueue<string>();
        await using var services = new ServiceCollection().AddSingleton(log).AddScoped<ScopedHandlers>().BuildServiceProvider();
        using var store = new InMemoryJobEventStore();
        using var processor = new JobEventProcessor(store, services: services);
        processor.AddScopedHandlers<ScopedHandlers>();
        await processor.StartAsync();
        await store.AppendAsync([Event("job"), Event("job")]);
        await Eventually.TrueAsync(() => log.Count == 6, null, "two events are handled");
        Assert.Equal(["made", "handled", "disposed", "made", "handled", "disposed"], log);
    }

    [Fact]
    public async Task A_handler_class_that_cannot_be_made_fails_its_events_and_ends_nothing()
    {
        var log = new RecordedLog();
        using var store = new InMemoryJobEventStore();
        using var processor = new JobEventProcessor(store, loggerFactory: log);
        processor.AddHandlers<ScopedHandlers>();
        await processor.StartAsync();
        await store.AppendAsync([Event("job"), Event("job")]);
        await Eventually.TrueAsync(() => log.Of(300).Count == 2, null, "each event's failure is logged");
    }

    private static async ValueTask FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("broken");
    }

    internal sealed class ScopedHandlers : IJobEventHandlers<ScopedHandlers>, IDisposable
    {
        private static readonly JobEventHandler<ScopedHandlers>[] Table = [new("ScopedHandlers.On", static (self, _, _, _) => self.On())];

        private readonly ConcurrentQueue<string> _log;

        public ScopedHandlers(ConcurrentQueue<string> log)
        {
            _log = log;
            _log.Enqueue("made");
        }

        public static IReadOnlyList<string> HandledEvents => [];

        public static ReadOnlySpan<JobEventHandler<ScopedHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

        public void Dispose() => _log.Enqueue("disposed");

        private ValueTask On()
        {
            _log.Enqueue("handled");
            return default;
        }
    }
}
