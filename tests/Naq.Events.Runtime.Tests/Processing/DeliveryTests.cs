using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class DeliveryTests
{
    [Fact]
    public async Task A_live_processor_sees_all_that_is_stored_after_its_start()
    {
        for (var i = 0; i < 50; i++)
        {
            using var store = new InMemoryJobEventStore();
            await store.AppendAsync(Event("before"));
            var handled = new ConcurrentQueue<string>();
            await using var test = await StartAsync(store, (jobEvent, _, _) =>
            {
                handled.Enqueue(jobEvent.JobId);
                return default;
            });
            await store.AppendAsync(Event("after"));
            await Eventually.TrueAsync(() => !handled.IsEmpty, null, "the event is seen");
            Assert.Equal(["after"], handled);
        }
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("ends")]
    [InlineData("cancels")]
    public async Task A_stream_that_breaks_is_opened_again_where_it_was(string how)
    {
        var store = new BreakingStore(how);
        var handled = new ConcurrentQueue<string>();
        await using var test = await StartAsync(
            store,
            (jobEvent, _, _) =>
            {
                handled.Enqueue(jobEvent.Message!);
                return default;
            },
            static options => options.RetryDelay = TimeSpan.FromMilliseconds(1));
        for (var number = 0; number < 10; number++)
            await store.Inner.AppendAsync(Event("job", number));

        await Eventually.TrueAsync(() => handled.Count >= 10, null, "every event is handled");
        Assert.Equal(Enumerable.Range(0, 10).Select(static number => $"{number}"), handled);
        Assert.NotEmpty(test.Log.Of(306));
        Assert.InRange(store.Opened, 10, 12);
    }

    [Fact]
    public async Task What_is_malformed_is_passed_over_with_its_sequence_and_terminated()
    {
        var store = new MalformedStore();
        var handled = 0;
        await using var test = await StartAsync(
            store,
            (_, _, _) =>
            {
                _ = Interlocked.Increment(ref handled);
                return default;
            },
            static options => options.Name = "malformed");
        await Eventually.TrueAsync(() => store.Outcomes.Count == 3, null, "both deliveries have an outcome");
        Assert.Equal(["kept 7: Malformed", "terminated 7: not JSON"], store.Outcomes.Where(static outcome => outcome.Contains('7', StringComparison.Ordinal)));
        Assert.Contains("acknowledged 8", store.Outcomes);
        Assert.Equal(1, handled);
        var line = Assert.Single(test.Log.Of(304));
        Assert.Contains("sequence 7", line, StringComparison.Ordinal);
        Assert.Contains("not JSON", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_processor_does_not_start_on_a_store_that_is_not_there()
    {
        var store = new BreakingStore("ends") { IsHealthy = false };
        await using var test = new ProcessorUnderTest(store, static (_, _, _) => default);
        var exception = await Assert.ThrowsAsync<JobEventStoreException>(() => test.Processor.StartAsync().AsTask());
        Assert.Contains("cannot start", exception.Message, StringComparison.Ordinal);
        store.IsHealthy = true;
        await test.Processor.StartAsync();
    }

    [Fact]
    public void A_durable_processor_needs_a_store_that_can_deliver()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new JobEventProcessor(new RecordingStore(), new JobEventProcessorOptions { Name = "durable" }));
        Assert.Contains("Name", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Streams one event, then breaks.</summary>
    private sealed class BreakingStore(string how) : StubStore
    {
        public InMemoryJobEventStore Inner { get; } = new();

        public bool IsHealthy { get; set; } = true;

        public int Opened { get; private set; }

        public override ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) =>
            Inner.AppendAsync(jobEvents, cancellationToken);

        public override async ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default) =>
            await Inner.CheckHealthAsync(cancellationToken) with { IsHealthy = IsHealthy };

        public override async IAsyncEnumerable<JobEvent> StreamAsync(
            JobEventFilter? filter = null,
            JobEventStart start = default,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Opened++;
            await foreach (var jobEvent in Inner.StreamAsync(filter, start, cancellationToken))
            {
                yield return jobEvent;
                break;
            }

            if (how == "throws")
                throw new JobEventStoreException("The connection is gone.");

            if (how == "cancels")
                throw new TaskCanceledException("A timeout of the client's own.");
        }
    }

    private sealed class MalformedStore : StubStore, IDeliveringStore
    {
        public ConcurrentQueue<string> Outcomes { get; } = new();

        public override ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) => default;

        public async IAsyncEnumerable<JobEventDelivery> DeliverAsync(
            DeliveryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new NotedDelivery(Outcomes) { Event = null, Problem = "not JSON", Sequence = 7, Delivery = 1 };
            yield return new NotedDelivery(Outcomes) { Event = Event("job"), Sequence = 8, Delivery = 1 };
            await Forever.WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public IHandledRecords OpenHandledRecords(DeliveryRequest request) => throw new NotSupportedException();

        public IParkedJobs OpenParkedJobs(DeliveryRequest request) => new NoParkedJobs();

        public ValueTask SkipToAsync(DeliveryRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        private sealed class NoParkedJobs : IParkedJobs
        {
            public bool AreNone => true;

            public ValueTask<bool> IsParkedAsync(string jobId, CancellationToken cancellationToken) => default;

            public void Note(string jobId) => throw new NotSupportedException();

            public ValueTask DisposeAsync() => default;
        }

        private sealed class NotedDelivery(ConcurrentQueue<string> outcomes) : JobEventDelivery
        {
            public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => Note($"acknowledged {Sequence}");

            public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => Note($"retried {Sequence}");

            public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) =>
                Note($"kept {Sequence}: {reason.Cause}");

            public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => Note($"terminated {Sequence}: {reason}");

            private ValueTask Note(string outcome)
            {
                outcomes.Enqueue(outcome);
                return default;
            }
        }
    }
}
