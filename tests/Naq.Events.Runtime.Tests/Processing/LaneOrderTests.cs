using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Naq.Events.Processing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Orders that are not those of jobs, by options and by attribute.</summary>
public sealed partial class LaneOrderTests : IDisposable
{
    private readonly InMemoryJobEventStore _store = new();

    public static TheoryData<JobEventOrdering, string?, string> Orders => new()
    {
        { JobEventOrdering.PerWorker, null, "worker" },
        { JobEventOrdering.PerQueue, null, "queue" },
        { JobEventOrdering.PerKey, "tenant", "detail" },
        { JobEventOrdering.PerKey, "tenant", "number" },
        { JobEventOrdering.PerKey, "tenant", "tag" },
        { JobEventOrdering.PerKey, "tenant", "metadata" },
    };

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Events_of_different_jobs_follow_each_other_where_the_order_says_so_and_others_pass(
        JobEventOrdering ordering, string? key, string place)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new ConcurrentQueue<string>();
        await using var test = await StartAsync(
            _store,
            async (jobEvent, _, _) =>
            {
                begun.Enqueue(jobEvent.JobId);
                if (jobEvent.JobId == "first")
                    await gate.Task;
            },
            options => (options.Ordering, options.OrderingKey) = (ordering, key));

        // One job is named as what the others are ordered by; it has none itself.
        await _store.AppendAsync([In("first", "7"), In("second", "7"), In("third", "7"), In("other", "8"), Event("7"), Event("none")]);

        await Eventually.TrueAsync(() => begun.Count == 4, null, "those that are not behind the first run");
        await test.Processor.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["7", "first", "none", "other"], begun.Order(StringComparer.Ordinal));
        gate.SetResult();
        await Eventually.TrueAsync(() => begun.Count == 6, null, "the others follow");
        Assert.Equal(["second", "third"], begun.Skip(4));

        JobEvent In(string jobId, string value) => place switch
        {
            "worker" => Event(jobId) with { WorkerId = value },
            "queue" => Event(jobId) with { QueueName = value },
            "detail" => Event(jobId) with { Details = JobEventFields.Parse($$"""{"tenant":"{{value}}"}"""), Tags = Tag("another") },
            "number" => Event(jobId) with { Details = JobEventFields.Parse($$"""{"tenant":{{value}}}""") },
            "tag" => Event(jobId) with { Tags = Tag(value), Metadata = JobEventFields.Parse("""{"tenant":"another"}""") },
            _ => Event(jobId) with { Metadata = JobEventFields.Parse($$"""{"tenant":"{{value}}"}""") },
        };

        static Dictionary<string, string> Tag(string value) => new() { ["tenant"] = value };
    }

    [Theory]
    [InlineData("acme", "\"acme\"")]
    [InlineData("7", "7")]
    public void A_value_is_the_same_wherever_it_stands(string value, string json)
    {
        var order = new LaneOrder(JobEventOrdering.PerKey, "tenant");
        var fields = JobEventFields.Parse($$"""{"tenant":{{json}}}""");
        JobEvent[] events =
        [
            Event("detail") with { Details = fields },
            Event("tag") with { Tags = new Dictionary<string, string> { ["tenant"] = value } },
            Event("metadata") with { Metadata = fields },
        ];

        Assert.All(events, jobEvent => Assert.Equal(
            new LaneKey(value, 0, IsJob: false), order.KeyOf(new LiveDelivery { Event = jobEvent, Sequence = 1, Delivery = 1 })));
    }

    [Fact]
    public Task The_order_holds_through_retries_however_many_wait_and_nothing_is_left_to_the_store() => Gen.Select(
        Gen.Int[1, 4], Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2]).Array[1, 80], Gen.Int[0, 5], Gen.Int[1, 3]).SampleAsync(
        static async (workers, events, mostWaiting, failEvery) =>
        {
            using var store = new InMemoryJobEventStore();
            var handled = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
            var count = 0;
            await using var test = await StartAsync(
                store,
                (jobEvent, context, cancellationToken) =>
                {
                    var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
                    if (context.Delivery == 1 && number % failEvery == 0)
                        throw new InvalidOperationException("once");

                    handled.GetOrAdd(jobEvent.QueueName!, static _ => new ConcurrentQueue<int>()).Enqueue(number);
                    _ = Interlocked.Increment(ref count);
                    return default;
                },
                options =>
                {
                    options.Name = "order";
                    options.Ordering = JobEventOrdering.PerQueue;
                    options.MaxConcurrentHandlers = workers;
                    options.MostWaiting = mostWaiting;
                    options.RetryDelay = TimeSpan.FromMilliseconds(1);
                });
            await store.AppendAsync([.. events.Select(static (item, number) => Event($"job-{item.Item1}", number) with { QueueName = $"q{item.Item2}" })]);
            await Eventually.TrueAsync(() => Volatile.Read(ref count) == events.Length, null, "every event is handled");
            foreach (var (queue, numbers) in handled)
            {
                var expected = events.Select(static (item, number) => (Queue: $"q{item.Item2}", number)).Where(item => item.Queue == queue);
                Assert.Equal(expected.Select(static item => item.number), numbers);
            }
        },
        iter: 60,
        threads: 1);

    [Fact]
    public async Task The_order_of_the_handler_class_is_that_of_the_processor()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handlers = new QueueHandlers(gate.Task);
        await using var processor = new JobEventProcessor(_store);
        processor.AddHandlers(handlers);
        processor.AddHandlers(new MoreQueueHandlers());
        await processor.StartAsync();

        await _store.AppendAsync([Event("a") with { QueueName = "mail" }, Event("b") with { QueueName = "mail" }, Event("c") with { QueueName = "sms" }]);

        await Eventually.TrueAsync(() => handlers.Begun.Count == 2, null, "one of each queue runs");
        await processor.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "c"], handlers.Begun.Order(StringComparer.Ordinal));
        gate.SetResult();
        await Eventually.TrueAsync(() => handlers.Begun.Count == 3, null, "the second follows");
    }

    [Fact]
    public async Task Handler_classes_that_want_different_orders_are_refused_with_what_to_do()
    {
        await Refused(
            "QueueHandlers wants its events handled in the order PerQueue, but EveryHandlers says nothing",
            static _ => { },
            static processor => processor.AddHandlers(new EveryHandlers(static (_, _, _) => default)));
        await Refused(
            "TenantHandlers wants its events handled in the order PerKey 'tenant', but QueueHandlers wants PerQueue",
            static _ => { },
            static processor => processor.AddHandlers(new TenantHandlers()));
        await Refused(
            "QueueHandlers wants its events handled in the order PerQueue, but the options say PerJob",
            static options => options.Ordering = JobEventOrdering.PerJob,
            static _ => { });
        await Refused(
            "OnDeadLetter is ParkJob, which keeps the order of a job, but QueueHandlers wants PerQueue.",
            static options => options.OnDeadLetter = JobEventDeadLetterOrder.ParkJob,
            static _ => { });

        await using var across = new JobEventProcessor(_store, new JobEventProcessorOptions { Name = "across" });
        across.AddHandlers(new AcrossHandlers());
        var tooLate = await Assert.ThrowsAsync<InvalidOperationException>(async () => await across.StartAsync());
        Assert.StartsWith("AcrossHandlers needs the order of jobs over all processes: set Ordering", tooLate.Message, StringComparison.Ordinal);

        // What the options say, those bear that say nothing.
        await using var agreed = Processor(static options => options.Ordering = JobEventOrdering.PerQueue);
        agreed.AddHandlers(new EveryHandlers(static (_, _, _) => default));
        await agreed.StartAsync();

        async Task Refused(string problem, Action<JobEventProcessorOptions> configure, Action<JobEventProcessor> add)
        {
            await using var processor = Processor(configure);
            add(processor);
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await processor.StartAsync());
            Assert.StartsWith(problem, refusal.Message, StringComparison.Ordinal);
            _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await processor.ReplayAsync());
        }

        JobEventProcessor Processor(Action<JobEventProcessorOptions> configure)
        {
            var options = new JobEventProcessorOptions { Name = "orders" };
            configure(options);
            var processor = new JobEventProcessor(_store, options);
            processor.AddHandlers(new QueueHandlers(Task.CompletedTask));
            return processor;
        }
    }

    [Theory]
    [InlineData(JobEventOrdering.PerKey, null, JobEventDeadLetterOrder.Continue, "OrderingKey is empty, but Ordering is PerKey: name a detail, a tag or a metadata entry.")]
    [InlineData(JobEventOrdering.PerQueue, "tenant", JobEventDeadLetterOrder.Continue, "OrderingKey is 'tenant', but Ordering is PerQueue, which has no key.")]
    [InlineData(JobEventOrdering.PerWorker, null, JobEventDeadLetterOrder.ParkJob, "OnDeadLetter is ParkJob, but it keeps the order of a job, and Ordering is PerWorker.")]
    public void Options_that_do_not_go_together_are_refused(
        JobEventOrdering ordering, string? key, JobEventDeadLetterOrder onDeadLetter, string problem)
    {
        var options = new JobEventProcessorOptions { Name = "orders", Ordering = ordering, OrderingKey = key, OnDeadLetter = onDeadLetter };

        var refusal = Assert.Throws<ArgumentException>(() => new JobEventProcessor(_store, options));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_harness_keeps_the_order_too()
    {
        await using var harness = new JobEventTestHarness(static options =>
        {
            options.Ordering = JobEventOrdering.PerQueue;
            options.RetryDelay = TimeSpan.FromSeconds(10);
        });
        harness.AddHandlers(new EveryHandlers(static (jobEvent, context, cancellationToken) =>
            jobEvent.JobId == "a" && context.Delivery == 1 ? throw new InvalidOperationException("once") : default));
        await harness.Store.AppendAsync([Event("a") with { QueueName = "mail" }, Event("b") with { QueueName = "mail" }, Event("c") with { QueueName = "sms" }]);

        await harness.RunToEndAsync();

        Assert.Equal(["a", "c", "a", "b"], harness.Deliveries.Select(static delivery => delivery.Event.JobId));
    }

    [Ordering(JobEventOrdering.PerQueue)]
    private sealed partial class QueueHandlers(Task gate)
    {
        public ConcurrentQueue<string> Begun { get; } = new();

        [OnJobEvent]
        public Task OnAny(string jobId)
        {
            Begun.Enqueue(jobId);
            return jobId == "a" ? gate : Task.CompletedTask;
        }
    }

    [Ordering(JobEventOrdering.PerQueue)]
    private sealed partial class MoreQueueHandlers
    {
        [OnJobEvent("unseen")]
        public static void OnUnseen()
        {
        }
    }

    [Ordering(JobEventOrdering.PerJobAcrossInstances)]
    private sealed partial class AcrossHandlers
    {
        [OnJobEvent]
        public static void OnAny()
        {
        }
    }

    [Ordering(JobEventOrdering.PerKey, Key = "tenant")]
    private sealed partial class TenantHandlers
    {
        [OnJobEvent]
        public static void OnAny()
        {
        }
    }
}
