using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Diagnostics;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class DeadLetterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly ConcurrentQueue<(string Job, int Delivery)> _handled = new();
    private volatile bool _broken = true;

    public DeadLetterTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    private JobEventDeadLetters DeadLetters => new(_store, "billing");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_fails_in_every_delivery_is_kept_with_its_error_and_handled_when_it_is_replayed()
    {
        await using var test = await StartAsync(_store, HandleAsync, Durable, _time);
        await _store.AppendAsync([Event("bad"), Event("good")]);
        await _time.AdvanceUntilAsync(() => DeadLetters.Count() == 1);
        var deadLetter = Assert.Single(test.Processor.DeadLetters!.List());
        Assert.Equal("EveryHandlers.On", deadLetter.Handler);
        Assert.Equal("System.InvalidOperationException", deadLetter.ErrorType);
        Assert.Equal("broken 17", deadLetter.ErrorMessage);
        Assert.Equal(16, deadLetter.ErrorFingerprint!.Length);
        Assert.Equal(3, deadLetter.Deliveries);
        Assert.Equal("bad", deadLetter.Event!.JobId);
        Assert.Contains("is a dead letter of the processor billing after 3 deliveries", Assert.Single(test.Log.Of(310)), StringComparison.Ordinal);

        _broken = false;
        Assert.Equal(1, DeadLetters.ReplayAll());
        await _time.AdvanceUntilAsync(() => _handled.Contains(("bad", 1)));
        Assert.Equal(0, DeadLetters.Count());
    }

    [Fact]
    public async Task An_event_that_no_delivery_told_an_outcome_of_is_given_up_on_sight()
    {
        // Three processes that took the event and died: what they had in hand comes again when their time is up.
        await _store.AppendAsync([Event("killer"), Event("good")]);
        for (var i = 0; i < 3; i++)
        {
            await foreach (var delivery in ((IDeliveringStore)_store).DeliverAsync(
                new DeliveryRequest("billing", JobEventFilter.All, JobEventStart.Beginning, TimeSpan.FromSeconds(30), 1), default))
            {
                Assert.Equal("killer", delivery.Event!.JobId);
                break;
            }
        }

        _broken = false;
        await using var test = await StartAsync(_store, HandleAsync, Durable, _time);
        await _time.AdvanceUntilAsync(() => _handled.Contains(("good", 1)) && DeadLetters.Count() > 0);
        Assert.DoesNotContain(_handled, static handled => handled.Job == "killer");
        var deadLetter = Assert.Single(DeadLetters.List());
        Assert.Equal(JobEventDeadLetterCause.NoOutcome, deadLetter.Cause);
        Assert.Contains("None of 3 deliveries", deadLetter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_measured_and_degrade_the_health()
    {
        using var measured = new Measured();
        await using var test = await StartAsync(_store, HandleAsync, Durable, _time);
        var check = new JobEventProcessorHealthCheck(test.Processor);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("naq", check, HealthStatus.Unhealthy, []) };
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(context)).Status);
        await _store.AppendAsync(Event("bad"));
        await _time.AdvanceUntilAsync(() => DeadLetters.Count() == 1);
        var health = await check.CheckHealthAsync(context);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal(1L, health.Data["dead_letters"]);
        var (value, tags) = Assert.Single(measured.Of("naq.events.dead_lettered", "processor", "billing"));
        Assert.Equal((1.0, "HandlerFailed"), (value, tags["cause"]));
        DeadLetters.DiscardAll();
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(context)).Status);
    }

    [Fact]
    public async Task Parked_events_are_measured_and_told_by_the_health()
    {
        using var measured = new Measured();
        await using var test = await StartAsync(
            _store,
            HandleAsync,
            static options =>
            {
                Durable(options);
                options.OnDeadLetter = JobEventDeadLetterOrder.ParkJob;
            },
            _time);
        await _store.AppendAsync([Event("bad"), Event("bad", 1), Event("bad", 2)]);
        await _time.AdvanceUntilAsync(() => DeadLetters.Count() == 3);

        var check = new JobEventProcessorHealthCheck(test.Processor);
        var health = await check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("naq", check, HealthStatus.Unhealthy, []) });

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal("The processor 'billing' has 1 dead letters, and 2 events parked behind them.", health.Description);
        Assert.Equal((1L, 2L), (health.Data["dead_letters"], health.Data["parked_events"]));
        await Eventually.TrueAsync(() => measured.Of("naq.events.parked", "processor", "billing").Count == 2, null, "both are counted");
        Assert.Equal(2, test.Log.Of(313).Count);
    }

    [Fact]
    public void Parking_needs_dead_letters_and_an_order_to_keep()
    {
        var live = new JobEventProcessorOptions { OnDeadLetter = JobEventDeadLetterOrder.ParkJob };
        Assert.Contains("a live processor has no dead letters", Assert.Throws<ArgumentException>(() => new JobEventProcessor(_store, live)).Message, StringComparison.Ordinal);
        var unordered = new JobEventProcessorOptions { Name = "billing", OnDeadLetter = JobEventDeadLetterOrder.ParkJob, Ordering = JobEventOrdering.None };
        Assert.Contains("Ordering is None", Assert.Throws<ArgumentException>(() => new JobEventProcessor(_store, unordered)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_processor_and_a_store_of_ones_own_have_none()
    {
        using var live = new JobEventProcessor(_store);
        Assert.Null(live.DeadLetters);
        Assert.Throws<ArgumentException>("store", () => new JobEventDeadLetters(new Logging.RecordingStore(), "billing"));
    }

    private static void Durable(JobEventProcessorOptions options)
    {
        options.Name = "billing";
        options.MaxDeliver = 3;
    }

    private ValueTask HandleAsync(JobEvent jobEvent, JobEventContext context, CancellationToken cancellationToken)
    {
        if (jobEvent.JobId == "bad" && _broken)
            throw new InvalidOperationException("broken 17");

        _handled.Enqueue((jobEvent.JobId, context.Delivery));
        return default;
    }
}
