using Microsoft.Extensions.Time.Testing;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>One worker alone, whose store does not hear of an outcome.</summary>
public sealed class LaneWorkerTests
{
    private readonly JobEventProcessorOptions _options = new() { Name = "worker", RetryDelay = TimeSpan.FromSeconds(5) };
    private readonly JobEvent _event = ProcessorUnderTest.Event("job");
    private int _handled;
    private bool _fails;

    [Fact]
    public async Task A_handler_that_was_done_does_not_run_again_where_the_store_did_not_hear_of_it()
    {
        using var worker = new LaneWorker(Context(), CancellationToken.None);
        Assert.Null(await worker.HandleAsync(new Stub(hears: false) { Event = _event, Sequence = 1, Delivery = 1 }));
        Assert.Equal(1, _handled);

        var again = new Stub(hears: true) { Event = _event, Sequence = 1, Delivery = 2 };
        Assert.Null(await worker.HandleAsync(again));

        Assert.Equal(1, _handled);
        Assert.True(again.IsAcknowledged);
    }

    [Fact]
    public async Task One_that_failed_does()
    {
        using var worker = new LaneWorker(Context(), CancellationToken.None);
        _fails = true;
        Assert.Null(await worker.HandleAsync(new Stub(hears: false) { Event = _event, Sequence = 1, Delivery = 1 }));
        _fails = false;

        Assert.Null(await worker.HandleAsync(new Stub(hears: true) { Event = _event, Sequence = 1, Delivery = 2 }));

        Assert.Equal(2, _handled);
    }

    [Theory]
    [InlineData(JobEventDeadLetterOrder.Continue, null)]
    [InlineData(JobEventDeadLetterOrder.ParkJob, 5)]
    public async Task Behind_a_dead_letter_that_is_not_stored_a_job_waits_where_its_order_holds_through_it(JobEventDeadLetterOrder order, int? seconds)
    {
        (_fails, _options.MaxDeliver, _options.OnDeadLetter) = (true, 1, order);
        using var worker = new LaneWorker(Context(), CancellationToken.None);

        var wait = await worker.HandleAsync(new Stub(hears: false) { Event = _event, Sequence = 1, Delivery = 1 });

        Assert.Equal(seconds, wait?.TotalSeconds);
    }

    private LaneContext Context()
    {
        var handlers = new EveryHandlers((_, _, _) =>
        {
            _handled++;
            return _fails ? throw new InvalidOperationException("It fails.") : default;
        });
        return new LaneContext(
            _options,
            new FailurePolicy(_options),
            [new JobEventDispatcher<EveryHandlers>(handlers)],
            EmptyServices.Instance,
            static (delivery, reason, token) => delivery.DeadLetterAsync(reason, token),
            static _ => { },
            new RecordedLog(),
            new FakeTimeProvider())
        { WaitsInHand = false };
    }

    private sealed class Stub(bool hears) : JobEventDelivery
    {
        public bool IsAcknowledged { get; private set; }

        public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
        {
            IsAcknowledged = hears;
            return Told();
        }

        public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => Told();

        public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => Told();

        public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => Told();

        private ValueTask Told() => hears ? default : throw new JobEventStoreException("The store is away.");
    }
}
