using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>History that is handled once more.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly string[] Jobs = ["a", "b", "c"];

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly ConcurrentQueue<(string JobId, int Number, int Attempt)> _handled = new();

    public HistoryTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task All_of_it_is_handled_in_the_order_of_each_job()
    {
        await AppendAsync(Enumerable.Range(0, 300).Select(static number => Event(Jobs[number % 3], number)));
        await using var test = Processor(static (_, _) => false);

        var result = await test.Processor.ReplayAsync(cancellationToken: Token);

        Assert.Equal(new JobEventReplayResult(300, 0), result);
        foreach (var job in _handled.GroupBy(static handled => handled.JobId))
        {
            Assert.Equal(100, job.Count());
            Assert.Equal(job.Select(static handled => handled.Number).Order(), job.Select(static handled => handled.Number));
        }
    }

    [Fact]
    public async Task A_filter_and_a_cursor_say_which_part()
    {
        await AppendAsync(Enumerable.Range(0, 9).Select(static number => Event(Jobs[number % 3], number)));
        await using var test = Processor(static (_, _) => false);
        var page = await _store.QueryPageAsync(options: new JobEventQueryOptions { Limit = 4 }, cancellationToken: Token);

        var result = await test.Processor.ReplayAsync(JobEventFilter.ForJob("b"), page.Next, Token);

        Assert.Equal(new JobEventReplayResult(2, 0), result);
        Assert.Equal([4, 7], _handled.Select(static handled => handled.Number));
    }

    [Fact]
    public async Task The_position_of_the_processor_stays_and_so_do_its_dead_letters()
    {
        await AppendAsync([Event("a"), Event("a", 1)]);
        var broken = true;
        await using var test = Processor((jobEvent, _) => broken && jobEvent.Message == "1", static options => options.MaxDeliver = 1);
        await test.Processor.StartAsync(Token);
        await Eventually.TrueAsync(() => test.Processor.DeadLetters!.Count() == 1, null, "the second is a dead letter");
        await test.Processor.StopAsync(Token);
        broken = false;

        var result = await test.Processor.ReplayAsync(cancellationToken: Token);
        await AppendAsync([Event("a", 2)]);
        await test.Processor.StartAsync(Token);
        await Eventually.TrueAsync(() => _handled.Count == 5, null, "the third is handled");

        Assert.Equal(new JobEventReplayResult(2, 0), result);
        Assert.Equal([0, 1, 0, 1, 2], _handled.Select(static handled => handled.Number));
        Assert.Equal(1, test.Processor.DeadLetters!.Count());
    }

    [Theory]
    [InlineData(JobEventRetryOrder.BlockJob)]
    [InlineData(JobEventRetryOrder.Continue)]
    public async Task What_fails_is_tried_again_and_then_counted_and_logged(JobEventRetryOrder order)
    {
        await AppendAsync([Event("a"), Event("a", 1), Event("a", 2)]);
        await using var test = Processor(
            static (jobEvent, context) => jobEvent.Message == "1" || (jobEvent.Message == "0" && context.Delivery == 1),
            options => (options.MaxDeliver, options.OnRetry) = (3, order));

        var replay = test.Processor.ReplayAsync(cancellationToken: Token).AsTask();
        await _time.AdvanceUntilAsync(() => replay.IsCompleted);

        Assert.Equal(new JobEventReplayResult(2, 1), await replay);
        Assert.Equal([(0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (2, 1)], _handled.Select(static handled => (handled.Number, handled.Attempt)));
        Assert.Contains("EveryHandlers.On failed in the last of 3 deliveries", Assert.Single(test.Log.Of(312)), StringComparison.Ordinal);
        Assert.Equal(0, test.Processor.DeadLetters!.Count());
    }

    [Fact]
    public async Task A_live_processor_tries_once()
    {
        await AppendAsync([Event("a"), Event("a", 1)]);
        await using var test = Processor(static (jobEvent, _) => jobEvent.Message == "0", static options => options.Name = null);

        Assert.Equal(new JobEventReplayResult(1, 1), await test.Processor.ReplayAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_stored_meanwhile_is_not_part_of_it()
    {
        await AppendAsync([Event("a"), Event("a", 1)]);
        await using var test = Processor((jobEvent, _) =>
        {
            _store.AppendAsync([Event("b", int.Parse(jobEvent.Message!, provider: null) + 10)]).AsTask().GetAwaiter().GetResult();
            return false;
        });

        Assert.Equal(new JobEventReplayResult(2, 0), await test.Processor.ReplayAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task It_can_be_cancelled_while_a_handler_runs()
    {
        await AppendAsync(Enumerable.Range(0, 1_000).Select(static number => Event("a", number)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = new ProcessorUnderTest(
            _store,
            async (_, _, token) =>
            {
                entered.TrySetResult();
                await Forever.WaitAsync(token);
            },
            static options => options.Name = "orders",
            _time);

        var replay = test.Processor.ReplayAsync(cancellationToken: stop.Token).AsTask();
        await entered.Task.WaitAsync(Token);
        await stop.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replay);
    }

    [Fact]
    public async Task A_filter_that_no_handler_is_for_is_refused()
    {
        await using var processor = new JobEventProcessor(_store);
        processor.AddHandlers(new FailedHandlers(static _ => { }, static _ => { }));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => processor.ReplayAsync(JobEventFilter.ForTypes(JobEventType.Started), cancellationToken: Token).AsTask());

        Assert.StartsWith("No handler of the processor is for started: it handles failed.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_processor_without_handlers_has_nothing_to_replay_to()
    {
        await using var processor = new JobEventProcessor(_store);

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => processor.ReplayAsync(cancellationToken: Token).AsTask());
    }

    private ValueTask AppendAsync(IEnumerable<JobEvent> events) => _store.AppendAsync([.. events], Token);

    private ProcessorUnderTest Processor(
        Func<JobEvent, JobEventContext, bool> fails, Action<JobEventProcessorOptions>? configure = null) => new(
        _store,
        (jobEvent, context, _) =>
        {
            _handled.Enqueue((jobEvent.JobId, int.Parse(jobEvent.Message!, provider: null), context.Delivery));
            return fails(jobEvent, context) ? throw new InvalidOperationException("broken") : default;
        },
        options =>
        {
            options.Name = "orders";
            configure?.Invoke(options);
        },
        _time);
}
