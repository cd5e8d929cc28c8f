using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>The lanes alone, with one worker, which has room for five events.</summary>
public sealed class LanesTests
{
    private const int Room = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly JobEventProcessorOptions _options = new() { Name = "lanes", MaxConcurrentHandlers = 1, RetryDelay = TimeSpan.FromSeconds(5) };
    private readonly ConcurrencyLimit _limit = new(1);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int> _handled = new();
    private readonly ConcurrentQueue<int> _done = new();
    private readonly ConcurrentQueue<int> _elsewhere = new();
    private int _number;

    /// <summary>Whether the store takes what waits; it throws where it is away.</summary>
    private bool? _takes = true;

    [Fact]
    public async Task What_is_in_hand_already_is_not_handled_again_and_takes_up_no_room()
    {
        var lanes = Begin();
        var slow = Event("slow");
        Add(lanes, slow);
        await HandledAsync(1);

        for (var i = 0; i < Room * 2; i++)
            Add(lanes, Again(slow));

        Assert.Equal(Room * 2, _done.Count);
        await EndAsync(lanes);
        Assert.Equal([1], _handled);
        Assert.Equal((Room * 2) + 1, _done.Count);
    }

    [Fact]
    public async Task What_was_left_to_the_store_is_handled_when_it_comes_again()
    {
        var lanes = Begin();
        var slow = Event("slow");
        Add(lanes, slow);
        await HandledAsync(1);
        slow.IsLeft = true;
        Add(lanes, Again(slow));

        Assert.Empty(_done);
        _gate.SetResult();
        await HandledAsync(2);
        await EndAsync(lanes);
    }

    [Fact]
    public async Task What_waits_for_room_is_let_go_when_no_more_is_taken()
    {
        var lanes = Begin();
        for (var i = 0; i < Room; i++)
            Add(lanes, Event("slow"));

        var waiting = lanes.AddAsync(Event("other"), CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        lanes.Complete();

        Assert.False(await waiting.WaitAsync(Soon));
        Assert.False(await lanes.AddAsync(Event("other"), CancellationToken.None));
        await EndAsync(lanes);
    }

    [Fact]
    public async Task A_wait_for_room_ends_when_it_is_cancelled()
    {
        var lanes = Begin();
        for (var i = 0; i < Room; i++)
            Add(lanes, Event("slow"));

        using var cancellation = new CancellationTokenSource();
        var waiting = lanes.AddAsync(Event("other"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        Assert.False(await waiting.WaitAsync(Soon));
        await EndAsync(lanes);
    }

    [Fact]
    public async Task A_slow_job_that_is_the_last_to_begin_keeps_no_other_from_coming()
    {
        var lanes = Begin();
        Assert.True(await lanes.AddAsync(Event("quick"), CancellationToken.None));
        for (var i = 1; i < Room; i++)
            Assert.True(await lanes.AddAsync(Event("slow"), CancellationToken.None));

        // To wait for room lets the worker begin.
        Assert.True(await lanes.AddAsync(Event("other"), CancellationToken.None).AsTask().WaitAsync(Soon));

        await HandledAsync(2);
        await EndAsync(lanes);
    }

    [Fact]
    public async Task What_a_live_processor_has_in_hand_is_begun_with_when_no_more_is_taken()
    {
        _options.Name = null;
        var lanes = Begin();
        Assert.True(await lanes.AddAsync(Event("quick"), CancellationToken.None));

        lanes.Complete();

        await lanes.Completion.WaitAsync(Soon);
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task What_fails_when_no_more_is_taken_is_given_back_at_once()
    {
        var lanes = Begin();
        Add(lanes, Event("slow-broken"));
        await HandledAsync(1);

        await EndAsync(lanes);

        Assert.Equal([1], _done);
        Assert.Empty(_elsewhere);
    }

    [Fact]
    public async Task As_many_wait_in_hand_as_may_and_those_that_have_waited_count_no_more()
    {
        _options.MostWaiting = 1;
        var lanes = Begin();
        for (var i = 1; i <= 3; i++)
        {
            Add(lanes, Event($"broken-{i}"));
            await _time.AdvanceUntilAsync(() => _done.Count == i, TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => !lanes.HasWork, null, "it is out of hand");
        }

        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], _handled);
        Assert.Empty(_elsewhere);
        Add(lanes, Event("slow"));
        await Eventually.TrueAsync(() => _handled.Contains(4), null, "it runs");
        Assert.True(lanes.HasWork);
        await EndAsync(lanes);
    }

    [Fact]
    public async Task More_than_may_wait_in_hand_are_left_to_the_store()
    {
        _options.MostWaiting = 1;
        var lanes = Begin();
        Add(lanes, Event("broken"));
        await HandledAsync(1);
        await Eventually.TrueAsync(() => !lanes.HasWork, null, "the first waits");

        Add(lanes, Event("broken-too"));

        await Eventually.TrueAsync(() => _elsewhere.Contains(2), null, "the second is left");
        Assert.Equal([2], _elsewhere);
        await EndAsync(lanes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_store_does_not_take_stays_in_hand_until_its_next_try(bool throws)
    {
        _options.MostWaiting = 1;
        _takes = throws ? null : false;
        var lanes = Begin();
        JobEventDelivery[] broken = [Event("broken"), Event("broken-too")];
        foreach (var delivery in broken)
            Add(lanes, delivery);

        await _time.AdvanceUntilAsync(() => _done.Count == 2, TimeSpan.FromSeconds(1));

        Assert.Equal([1, 1, 1, 2, 2, 2], _handled.Order());
        Assert.NotEmpty(_elsewhere);
        Assert.All(broken, static delivery => Assert.False(delivery.IsLeft));
        await EndAsync(lanes);
    }

    [Fact]
    public async Task An_event_that_waits_is_left_to_the_store_when_another_comes_behind_it_and_no_more_may_wait()
    {
        _options.MostWaiting = 1;
        var lanes = Begin();
        Add(lanes, Event("broken"));
        await HandledAsync(1);
        await Eventually.TrueAsync(() => !lanes.HasWork, null, "it waits");

        Add(lanes, Event("broken"));

        await Eventually.TrueAsync(() => _elsewhere.Contains(1), null, "it is left");
        await EndAsync(lanes);
    }

    [Fact]
    public async Task What_comes_behind_an_event_that_waits_takes_up_no_room_in_any_order()
    {
        _options.Ordering = JobEventOrdering.PerQueue;
        var lanes = Begin();
        Add(lanes, Event("broken"));
        await HandledAsync(1);
        await Eventually.TrueAsync(() => !lanes.HasWork, null, "it waits");

        for (var i = 0; i < Room * 2; i++)
            Add(lanes, Event("behind"));

        Assert.False(lanes.HasWork);
        Assert.Empty(_elsewhere);
        await EndAsync(lanes);
    }

    [Fact]
    public async Task What_waits_for_a_call_is_work_and_takes_up_no_room_and_is_handled_when_the_call_is_free()
    {
        var lanes = Begin();
        Assert.True(_limit.TryEnter());
        Add(lanes, Event("limited"));
        Add(lanes, Event("quick"));
        await HandledAsync(1);

        for (var i = 0; i < Room * 2; i++)
        {
            Add(lanes, Event("limited"));
            await Task.Yield();
            Assert.True(lanes.HasWork);
        }

        Assert.Equal([2], _handled);
        _limit.Leave();
        await HandledAsync(2 + (Room * 2));
        await Eventually.TrueAsync(() => !lanes.HasWork, null, "nothing is in hand");
        Assert.True(_limit.TryEnter());
        await EndAsync(lanes);
    }

    [Fact]
    public async Task What_waits_for_a_call_that_does_not_end_is_given_back_when_no_more_is_taken()
    {
        var lanes = Begin();
        Assert.True(_limit.TryEnter());
        Add(lanes, Event("limited"));
        Add(lanes, Event("quick"));
        await HandledAsync(1);

        await EndAsync(lanes);

        Assert.Equal([2], _handled);
        Assert.Equal([1, 2], _done.Order());
    }

    private Lanes Begin()
    {
        var context = new LaneContext(
            _options,
            new FailurePolicy(_options),
            [new Dispatcher(this)],
            EmptyServices.Instance,
            static (_, _, _) => default,
            delivery => _done.Enqueue((int)delivery.Sequence),
            new RecordedLog(),
            _time)
        { WaitsInHand = true };
        return new Lanes(context, CancellationToken.None);
    }

    private static void Add(Lanes lanes, JobEventDelivery delivery)
    {
        var added = lanes.AddAsync(delivery, CancellationToken.None).AsTask();
        Assert.True(added.IsCompleted, "There is no room.");
        Assert.True(added.Result);
        lanes.Announce();
    }

    private Stub Event(string jobId) =>
        new(this) { Event = ProcessorUnderTest.Event(jobId, ++_number) with { QueueName = "mail" }, Sequence = (ulong)_number, Delivery = 1 };

    private Stub Again(JobEventDelivery delivery) => new(this) { Event = delivery.Event, Sequence = delivery.Sequence, Delivery = 2 };

    private Task HandledAsync(int count) => Eventually.TrueAsync(() => _handled.Count >= count, null, $"{count} are begun with");

    private async Task EndAsync(Lanes lanes)
    {
        lanes.Complete();
        _ = _gate.TrySetResult();
        await lanes.Completion.WaitAsync(Soon);
    }

    private sealed class Dispatcher(LanesTests test) : IJobEventDispatcher
    {
        public string Name => "test";

        public IReadOnlyList<string> HandledEvents => [];

        public OrderingAttribute? Ordering => null;

        public int MostAttempts(JobEvent jobEvent, FailurePolicy policy) => policy.MaxAttempts(null);

        public void AddLimits(
            int registration, JobEvent jobEvent, FailurePolicy policy, IReadOnlySet<HandlerKey>? completed, HandlerPermits permits)
        {
            if (jobEvent.JobId == "limited")
                permits.Need(new HandlerKey(registration, this), test._limit);
        }

        public async ValueTask DispatchAsync(HandlerDelivery delivery, HandlerRun run)
        {
            test._handled.Enqueue(int.Parse(delivery.Event.Message!, CultureInfo.InvariantCulture));
            if (delivery.Event.JobId.StartsWith("slow", StringComparison.Ordinal))
                await test._gate.Task;

            if (delivery.Event.JobId.Contains("broken", StringComparison.Ordinal) && delivery.Attempt < 3)
                throw new InvalidOperationException("It fails twice.");
        }
    }

    private sealed class Stub(LanesTests test) : JobEventDelivery
    {
        public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => default;

        public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => default;

        public override ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken)
        {
            test._elsewhere.Enqueue((int)Sequence);
            return new ValueTask<bool>(test._takes ?? throw new InvalidOperationException("The store is away."));
        }

        public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => default;

        public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => default;
    }
}
