using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class StopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly InMemoryJobEventStore _store = new();
    private readonly ConcurrentQueue<(string Number, int Run)> _handled = new();
    private readonly TaskCompletionSource _began = new();
    private readonly TaskCompletionSource _gate = new();
    private int _run = 1;

    [Theory]
    [InlineData(null)]
    [InlineData("stop")]
    public async Task A_stop_waits_for_running_handlers(string? name)
    {
        await using var test = await StartAsync(_store, HandleAsync, options => options.Name = name);
        await _store.AppendAsync(Event("job"));
        await _began.Task;
        var stop = test.Processor.StopAsync().AsTask();
        Assert.False(stop.IsCompleted);
        _gate.SetResult();
        await stop.WaitAsync(Soon);
        Assert.Equal([("0", 1)], _handled);
        Assert.Empty(test.Log.Of(308));
    }

    [Fact]
    public async Task What_a_durable_processor_did_not_handle_is_handled_by_its_next_run_once_and_in_order()
    {
        await using var test = await StartAsync(_store, HandleAsync, static options =>
        {
            options.Name = "stop";
            options.MaxConcurrentHandlers = 1;
        });
        await _store.AppendAsync([.. Enumerable.Range(0, 30).Select(static number => Event("job", number))]);
        await _began.Task;
        var stop = test.Processor.StopAsync().AsTask();
        _gate.SetResult();
        await stop.WaitAsync(Soon);
        Assert.Equal([("0", 1)], _handled);
        _run = 2;
        await test.Processor.StartAsync();
        await Eventually.TrueAsync(() => _handled.Count >= 30, null, "the next run handles the rest at once");
        Assert.Equal([("0", 1), .. Enumerable.Range(1, 29).Select(static number => ($"{number}", 2))], _handled);
    }

    [Fact]
    public async Task What_is_stored_before_a_host_stops_is_begun_with_and_not_given_back()
    {
        await using var test = await StartAsync(_store, HandleAsync, static options =>
        {
            options.Name = "stop";
            options.MaxConcurrentHandlers = 1;
        });

        // As many as one handler has in hand.
        await _store.AppendAsync([.. Enumerable.Range(0, 5).Select(static number => Event($"job-{number}", number))]);
        await _began.Task;
        var begun = test.Processor.BeginAllAsync(CancellationToken.None).AsTask();
        await test.Processor.CatchUpAsync(CancellationToken.None);
        Assert.False(begun.IsCompleted);
        _gate.SetResult();
        await begun.WaitAsync(Soon);
        await test.Processor.StopAsync().AsTask().WaitAsync(Soon);
        Assert.Equal(5, _handled.Count);
    }

    [Fact]
    public async Task What_waits_for_its_next_try_does_not_hold_a_host_up()
    {
        var time = new FakeTimeProvider();
        var tried = new TaskCompletionSource();
        await using var test = await StartAsync(
            _store,
            (_, _, _) =>
            {
                _ = tried.TrySetResult();
                throw new InvalidOperationException("It fails.");
            },
            static options => (options.Name, options.RetryDelay) = ("stop", TimeSpan.FromMinutes(10)),
            time);
        await _store.AppendAsync([Event("job", 0), Event("job", 1)]);
        await tried.Task;
        await test.Processor.BeginAllAsync(CancellationToken.None).AsTask().WaitAsync(Soon);
    }

    [Fact]
    public async Task A_live_processor_handles_what_it_had_taken()
    {
        await using var test = await StartAsync(_store, HandleAsync, static options => options.MaxConcurrentHandlers = 1);
        await _store.AppendAsync([.. Enumerable.Range(0, 3).Select(static number => Event("job", number))]);
        await _began.Task;
        await test.Processor.CatchUpAsync(CancellationToken.None);
        var stop = test.Processor.StopAsync().AsTask();
        _gate.SetResult();
        await stop.WaitAsync(Soon);
        Assert.Equal(3, _handled.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_the_deadline_running_handlers_are_cancelled_and_their_events_given_back(bool heedsItsToken)
    {
        var time = new FakeTimeProvider();
        await using var test = await StartAsync(
            _store,
            async (jobEvent, context, token) =>
            {
                _began.TrySetResult();
                if (_run == 1)
                    await Forever.WaitAsync(heedsItsToken ? token : CancellationToken.None);

                _handled.Enqueue((jobEvent.Message!, _run));
            },
            static options =>
            {
                options.Name = "stop";
                options.StopTimeout = TimeSpan.FromSeconds(5);
            },
            time);
        await _store.AppendAsync(Event("job"));
        await _began.Task;
        var stop = test.Processor.StopAsync().AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return stop.IsCompleted;
            },
            null,
            "the deadline ends the stop");
        _ = Assert.Single(test.Log.Of(308));
        _run = 2;
        await test.Processor.StartAsync();
        await Eventually.TrueAsync(() => _handled.Count == 1, null, "the next run handles the event");
        Assert.Equal([("0", 2)], _handled);
    }

    [Fact]
    public async Task A_cancelled_stop_does_not_wait_for_its_timeout()
    {
        await using var test = await StartAsync(_store, async (_, _, token) =>
        {
            _began.TrySetResult();
            await Forever.WaitAsync(token);
        });
        await _store.AppendAsync(Event("job"));
        await _began.Task;
        await test.Processor.StopAsync(new CancellationToken(canceled: true)).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task The_last_of_several_tries_is_had_again_when_a_stop_cuts_it_short()
    {
        await _store.AppendAsync(Event("job"));
        var deliveries = new ConcurrentQueue<int>();
        using var begun = new SemaphoreSlim(0);
        for (var run = 0; run < 4; run++)
        {
            await using var test = await StartAsync(
                _store,
                async (jobEvent, context, token) =>
                {
                    deliveries.Enqueue(context.Delivery);
                    _ = begun.Release();
                    await Forever.WaitAsync(token);
                },
                static options => (options.Name, options.MaxDeliver, options.StopTimeout) = ("stop", 2, TimeSpan.Zero));
            await begun.WaitAsync(Soon);
        }

        Assert.Equal([1, 2, 2, 2], deliveries);
        Assert.Equal(0, new JobEventDeadLetters(_store, "stop").Count());
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_hold_the_stop_for_ever()
    {
        using var gate = new ManualResetEventSlim();
        await using var test = await StartAsync(
            _store,
            (_, _, _) =>
            {
                _began.TrySetResult();
                gate.Wait(CancellationToken.None);
                return default;
            },
            static options => options.StopTimeout = TimeSpan.Zero);
        await _store.AppendAsync(Event("job"));
        await _began.Task;
        await test.Processor.StopAsync().AsTask().WaitAsync(Soon);
        _ = Assert.Single(test.Log.Of(309));
        gate.Set();
    }

    [Fact]
    public async Task Start_and_stop_may_be_called_again_and_at_once()
    {
        await using var test = new ProcessorUnderTest(_store, HandleAsync, static options => options.Name = "again");
        _gate.SetResult();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            if (number % 2 == 0)
                await test.Processor.StartAsync();
            else
                test.Processor.Stop();
        }))).WaitAsync(Soon);
        test.Processor.Start();
        test.Processor.Start();
        await _store.AppendAsync(Event("job"));
        await Eventually.TrueAsync(() => _handled.Count == 1, null, "the processor runs, once");
        test.Processor.Stop();
        test.Processor.Dispose();
    }

    private async ValueTask HandleAsync(JobEvent jobEvent, JobEventContext context, CancellationToken cancellationToken)
    {
        _began.TrySetResult();
        await _gate.Task;
        _handled.Enqueue((jobEvent.Message!, _run));
    }
}
