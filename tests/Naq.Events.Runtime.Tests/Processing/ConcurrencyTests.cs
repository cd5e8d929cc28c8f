using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Handlers of which only so many calls may run at once.</summary>
public sealed partial class ConcurrencyTests : IDisposable
{
    private readonly InMemoryJobEventStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("limited")]
    public async Task A_limited_handler_has_its_calls_and_no_more_and_holds_up_nothing_else(string? name)
    {
        var handlers = new Handlers();
        await using var processor = await StartAsync(handlers, options => options.Name = name);

        // Three workers have room for fifteen events.
        await _store.AppendAsync([.. Enumerable.Range(0, 100).Select(static number => new JobEvent($"limited-{number}", "two_at_once"))]);
        await _store.AppendAsync([.. Enumerable.Range(0, 50).Select(static number => new JobEvent($"free-{number}", "free"))]);

        await Eventually.TrueAsync(() => handlers.Ended.Count == 50, null, "all that need another handler go past");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, handlers.Of("two_at_once").Running);
        handlers.Gate.SetResult();
        await Eventually.TrueAsync(() => handlers.Ended.Count == 150, null, "the others follow");
        Assert.Equal(2, handlers.Of("two_at_once").Most);
    }

    [Fact]
    public async Task An_option_limits_the_calls_of_each_handler_that_has_no_limit_of_its_own()
    {
        var handlers = new Handlers();
        await using var processor = await StartAsync(handlers, static options => (options.HandlerConcurrency, options.MaxConcurrentHandlers) = (1, 9));

        await _store.AppendAsync([.. Enumerable.Range(0, 5).Select(static number => new JobEvent($"a-{number}", "two_at_once"))]);
        await _store.AppendAsync([.. Enumerable.Range(0, 5).Select(static number => new JobEvent($"b-{number}", "waiting"))]);
        await Eventually.TrueAsync(() => handlers.Of("two_at_once").Running == 2 && handlers.Of("waiting").Running == 1, null, "each has its calls");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);
        handlers.Gate.SetResult();

        await Eventually.TrueAsync(() => handlers.Ended.Count == 10, null, "all are handled");
        Assert.Equal((2, 1), (handlers.Of("two_at_once").Most, handlers.Of("waiting").Most));
        var refusal = Assert.Throws<ArgumentException>(() => new JobEventProcessor(_store, new JobEventProcessorOptions { HandlerConcurrency = 0 }));
        Assert.Contains("HandlerConcurrency is 0: use a number from 1 to 10,000.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Every_event_is_handled_in_its_jobs_order_within_every_limit_whatever_fails() => Gen.Select(
        Gen.Int[1, 8], Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3]).Array[1, 100], Gen.Int[0, 5], Gen.Int[1, 5]).SampleAsync(
        static async (workers, events, mostWaiting, failEvery) =>
        {
            using var store = new InMemoryJobEventStore();
            var handlers = new ModelHandlers(failEvery == 1 ? int.MaxValue : failEvery);
            var processor = new JobEventProcessor(store, new JobEventProcessorOptions
            {
                Name = "model",
                MaxConcurrentHandlers = workers,
                MostWaiting = mostWaiting,
                RetryDelay = TimeSpan.FromMilliseconds(1),
            });
            processor.AddHandlers(handlers);
            await processor.StartAsync();
            await store.AppendAsync([.. events.Select(static (item, number) => new JobEvent($"job-{item.Item1}", ModelHandlers.EventNames[item.Item2]) { Message = $"{number}" })]);
            var expected = events.Sum(static item => ModelHandlers.EventNames[item.Item2] == "both" ? 2 : 1);
            await Eventually.TrueAsync(() => handlers.Calls.Count == expected, null, "every event is handled");
            await processor.DisposeAsync();
            Assert.Equal(0, processor.DeadLetters!.Count());
            Assert.InRange(handlers.First.Most, 0, 1);
            Assert.InRange(handlers.Second.Most, 0, 2);
            foreach (var job in handlers.Calls.GroupBy(static call => call.JobId))
                Assert.Equal(job.Select(static call => call.Number).Order(), job.Select(static call => call.Number));
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task A_call_that_is_left_behind_counts_until_it_returns()
    {
        var time = new FakeTimeProvider();
        using var store = new InMemoryJobEventStore(timeProvider: time);
        var handlers = new Handlers();
        await using var processor = await StartAsync(handlers, static options => options.MaxDeliver = 1, store, time);

        await store.AppendAsync(new JobEvent("hangs", "one_deaf"));
        await Eventually.TrueAsync(() => handlers.Of("one_deaf").Running == 1, null, "it runs");
        await time.AdvanceUntilAsync(() => processor.DeadLetters!.Count() == 1, TimeSpan.FromSeconds(5));
        await store.AppendAsync([new JobEvent("next", "one_deaf"), new JobEvent("free", "free")]);
        await Eventually.TrueAsync(() => handlers.Ended.Contains("free"), null, "others go past");
        Assert.Equal(1, handlers.Of("one_deaf").Running);
        handlers.Gate.SetResult();

        await Eventually.TrueAsync(() => handlers.Ended.Contains("next"), null, "the next has its call");
        Assert.Equal(1, handlers.Of("one_deaf").Most);
    }

    [Fact]
    public async Task What_waits_for_a_call_when_a_durable_processor_stops_is_given_back()
    {
        var handlers = new Handlers();
        var processor = await StartAsync(handlers);
        await _store.AppendAsync([.. Enumerable.Range(0, 30).Select(static number => new JobEvent($"job-{number}", "two_at_once"))]);
        await Eventually.TrueAsync(() => handlers.Of("two_at_once").Running == 2, null, "two run");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);

        var stop = processor.StopAsync();
        handlers.Gate.SetResult();
        await stop;

        Assert.Equal(2, handlers.Ended.Count);
        await using var next = await StartAsync(handlers);
        await Eventually.TrueAsync(() => handlers.Ended.Count == 30, null, "the next run has the others");
        Assert.Equal(30, handlers.Ended.Distinct().Count());
    }

    [Fact]
    public async Task A_live_processor_that_stops_handles_what_waits_for_a_call()
    {
        var handlers = new Handlers();
        var processor = await StartAsync(handlers, static options => options.Name = null);
        await _store.AppendAsync([.. Enumerable.Range(0, 30).Select(static number => new JobEvent($"job-{number}", "two_at_once"))]);
        await Eventually.TrueAsync(() => handlers.Of("two_at_once").Running == 2, null, "two run");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);

        var stop = processor.StopAsync();
        handlers.Gate.SetResult();
        await stop;

        Assert.Equal(30, handlers.Ended.Count);
        Assert.Equal(2, handlers.Of("two_at_once").Most);
    }

    [Fact]
    public async Task A_stop_that_is_cancelled_leaves_what_waits_for_a_call_that_never_ends()
    {
        var handlers = new Handlers();
        var processor = await StartAsync(handlers, static options => options.Name = null);
        await _store.AppendAsync([.. Enumerable.Range(0, 5).Select(static number => new JobEvent($"job-{number}", "one_deaf"))]);
        await Eventually.TrueAsync(() => handlers.Of("one_deaf").Running == 1, null, "one runs");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);

        await processor.StopAsync(new CancellationToken(canceled: true));

        Assert.Empty(handlers.Ended);
        handlers.Gate.SetResult();
        await Eventually.TrueAsync(() => handlers.Ended.Count == 1, null, "the call that ran ends, and no other begins");
    }

    private Task<JobEventProcessor> StartAsync(Handlers handlers, Action<JobEventProcessorOptions>? configure = null) =>
        StartAsync(handlers, configure, _store, TimeProvider.System);

    private static async Task<JobEventProcessor> StartAsync(
        Handlers handlers, Action<JobEventProcessorOptions>? configure, IJobEventStore store, TimeProvider time)
    {
        var options = new JobEventProcessorOptions { Name = "limited", MaxConcurrentHandlers = 3 };
        configure?.Invoke(options);
        var processor = new JobEventProcessor(store, options, timeProvider: time);
        processor.AddHandlers(handlers);
        await processor.StartAsync();
        return processor;
    }

    private sealed class Count
    {
        private int _running;
        private int _most;

        public int Running => Volatile.Read(ref _running);

        public int Most => Volatile.Read(ref _most);

        public void Begin()
        {
            var now = Interlocked.Increment(ref _running);
            int seen;
            while (now > (seen = Volatile.Read(ref _most)))
                _ = Interlocked.CompareExchange(ref _most, now, seen);
        }

        public void End() => Interlocked.Decrement(ref _running);
    }

    private sealed partial class Handlers
    {
        private readonly ConcurrentDictionary<string, Count> _counts = new();

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Ended { get; } = new();

        public Count Of(string eventName) => _counts.GetOrAdd(eventName, static _ => new Count());

        [OnJobEvent("free")]
        public void OnFree(string jobId) => Ended.Enqueue(jobId);

        [OnJobEvent("waiting")]
        public Task OnWaiting(JobEvent jobEvent, CancellationToken cancellationToken) => RunAsync(jobEvent, cancellationToken);

        [OnJobEvent("two_at_once")]
        [HandlerConcurrency(2)]
        public Task OnTwo(JobEvent jobEvent, CancellationToken cancellationToken) => RunAsync(jobEvent, cancellationToken);

        [OnJobEvent("one_deaf")]
        [HandlerConcurrency(1)]
        public Task OnDeaf(JobEvent jobEvent) => RunAsync(jobEvent, CancellationToken.None);

        private async Task RunAsync(JobEvent jobEvent, CancellationToken cancellationToken)
        {
            Of(jobEvent.EventName).Begin();
            await Gate.Task.WaitAsync(cancellationToken);
            Of(jobEvent.EventName).End();
            Ended.Enqueue(jobEvent.JobId);
        }
    }

    private sealed partial class ModelHandlers(int failEvery)
    {
        public static readonly string[] EventNames = ["first", "second", "both", "free"];

        public Count First { get; } = new();

        public Count Second { get; } = new();

        public ConcurrentQueue<(string JobId, int Number)> Calls { get; } = new();

        [OnJobEvent("first", "both")]
        [HandlerConcurrency(1)]
        public Task OnFirst(JobEvent jobEvent, JobEventContext context) => RunAsync(jobEvent, context, First);

        [OnJobEvent("second", "both")]
        [HandlerConcurrency(2)]
        public Task OnSecond(JobEvent jobEvent, JobEventContext context) => RunAsync(jobEvent, context, Second);

        [OnJobEvent("free")]
        public Task OnFree(JobEvent jobEvent, JobEventContext context) => RunAsync(jobEvent, context, count: null);

        private async Task RunAsync(JobEvent jobEvent, JobEventContext context, Count? count)
        {
            count?.Begin();
            try
            {
                await Task.Yield();
                var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
                if (context.Delivery == 1 && (number + 1) % failEvery == 0)
                    throw new InvalidOperationException("once");

                Calls.Enqueue((jobEvent.JobId, number));
            }
            finally
            {
                count?.End();
            }
        }
    }
}
