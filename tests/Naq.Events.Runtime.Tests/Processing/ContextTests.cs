using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>What a handler does by its context.</summary>
public sealed class ContextTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;

    public ContextTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task It_says_which_event_it_is_and_when_it_was_first_seen()
    {
        var contexts = new ConcurrentQueue<JobEventContext>();
        await using var test = await StartDurableAsync((_, context, _) =>
        {
            contexts.Enqueue(context);
            return context.Delivery < 3 ? throw new InvalidOperationException("broken") : default;
        });
        var began = _time.GetUtcNow();
        var jobEvent = Event("job");

        await _store.AppendAsync(jobEvent);

        await _time.AdvanceUntilAsync(() => contexts.Count == 3);
        Assert.Equal([1, 2, 3], contexts.Select(static context => context.Delivery));
        Assert.All(contexts, context => Assert.Equal((jobEvent.Id, 1UL, "actions"), (context.EventId, context.Sequence, context.Processor)));
        Assert.Single(contexts.Select(static context => context.FirstSeen).Distinct());
        Assert.InRange(contexts.First().FirstSeen, began, began + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_has_the_event_come_again_when_it_says(bool throws)
    {
        var at = new ConcurrentQueue<DateTimeOffset>();
        await using var test = await StartDurableAsync((_, context, _) =>
        {
            at.Enqueue(_time.GetUtcNow());
            if (context.Delivery == 2)
                return default;

            context.RetryAfter(TimeSpan.FromMinutes(20));
            return throws ? throw new InvalidOperationException("not yet") : default;
        });

        await _store.AppendAsync(Event("job"));

        await _time.AdvanceUntilAsync(() => at.Count == 2, TimeSpan.FromSeconds(20));
        Assert.InRange(at.Last() - at.First(), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(22));
        Assert.Equal(throws ? 1 : 0, test.Log.Of(300).Count);
    }

    [Fact]
    public async Task Asking_again_and_again_ends_in_a_dead_letter()
    {
        var calls = 0;
        await using var test = await StartDurableAsync((_, context, _) =>
        {
            Interlocked.Increment(ref calls);
            context.RetryAfter(TimeSpan.FromSeconds(1));
            return default;
        });

        await _store.AppendAsync(Event("job"));

        await _time.AdvanceUntilAsync(() => test.Processor.DeadLetters!.Count() == 1);
        var deadLetter = test.Processor.DeadLetters!.List()[0];
        Assert.Equal(5, Volatile.Read(ref calls));
        Assert.Equal("EveryHandlers.On asked for another try in the last of 5 deliveries.", deadLetter.Reason);
        Assert.Equal((JobEventDeadLetterCause.HandlerFailed, "EveryHandlers.On"), (deadLetter.Cause, deadLetter.Handler));
        Assert.Null(deadLetter.ErrorType);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "System.InvalidOperationException")]
    public async Task A_handler_rejects_an_event_at_once(bool throws, string? errorType)
    {
        await using var test = await StartDurableAsync((_, context, _) =>
        {
            context.RetryAfter(TimeSpan.FromSeconds(1));
            context.DeadLetter("The order does not exist.");
            return throws ? throw new InvalidOperationException("broken") : default;
        });

        await _store.AppendAsync(Event("job"));

        await Eventually.TrueAsync(() => test.Processor.DeadLetters!.Count() == 1, null, "it is rejected, though time stands still");
        var deadLetter = test.Processor.DeadLetters!.List()[0];
        Assert.Equal((JobEventDeadLetterCause.Rejected, "The order does not exist.", 1), (deadLetter.Cause, deadLetter.Reason, deadLetter.Deliveries));
        Assert.Equal(errorType, deadLetter.ErrorType);
    }

    [Fact]
    public async Task A_handler_may_take_longer_when_it_asks()
    {
        var running = new TaskCompletionSource<JobEventContext>();
        var goOn = new TaskCompletionSource();
        var cancelled = false;
        await using var test = await StartDurableAsync(
            async (_, context, token) =>
            {
                running.SetResult(context);
                await goOn.Task;
                cancelled = token.IsCancellationRequested;
            },
            static options => options.HandlerTimeout = TimeSpan.FromSeconds(10));
        await _store.AppendAsync(Event("job"));
        var context = await running.Task;

        _time.Advance(TimeSpan.FromSeconds(9));
        context.ExtendTimeout(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(9));
        goOn.SetResult();

        await test.Processor.StopAsync();
        Assert.False(cancelled);
        Assert.Empty(test.Log.Of(301));
        Assert.Throws<InvalidOperationException>(() => context.ExtendTimeout(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_live_processor_says_that_it_tries_once()
    {
        var refused = new TaskCompletionSource<(Exception? Retry, Exception? DeadLetter)>();
        await using var test = await StartAsync(_store, (_, context, _) =>
        {
            refused.SetResult((
                Record.Exception(() => context.RetryAfter(TimeSpan.Zero)), Record.Exception(() => context.DeadLetter("no"))));
            return default;
        });

        await _store.AppendAsync(Event("job"));

        var (retry, deadLetter) = await refused.Task;
        Assert.Contains("JobEventProcessorOptions.Name", Assert.IsType<InvalidOperationException>(retry).Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(deadLetter);
    }

    [Fact]
    public void Times_and_reasons_that_make_no_sense_are_refused()
    {
        var context = new JobEventContext(Events.Processing.EmptyServices.Instance, new(Event("job"), Events.Processing.EmptyServices.Instance, "x", 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => context.RetryAfter(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.RetryAfter(TimeSpan.FromDays(1.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.ExtendTimeout(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.ExtendTimeout(TimeSpan.FromDays(1.1)));
        Assert.Throws<ArgumentException>(() => context.DeadLetter(" "));
    }

    private Task<ProcessorUnderTest> StartDurableAsync(
        Func<JobEvent, JobEventContext, CancellationToken, ValueTask> handle, Action<JobEventProcessorOptions>? configure = null) =>
        StartAsync(
            _store,
            handle,
            options =>
            {
                options.Name = "actions";
                configure?.Invoke(options);
            },
            _time);
}
