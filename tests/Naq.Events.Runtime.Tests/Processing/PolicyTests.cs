using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>What attributes and options say about failures, through the generated table.</summary>
public sealed partial class PolicyTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly RecordedLog _log = new();

    public PolicyTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("exponential", "2 4 5 5 5 5")]
    [InlineData("linear", "1 2 3")]
    [InlineData("constant", "3 3")]
    [InlineData("of_the_class", "1")]
    public async Task Each_handler_is_tried_as_often_and_as_late_as_it_says(string eventName, string waits)
    {
        var handlers = new Handlers(_time, static () => new InvalidOperationException("broken"));
        await using var processor = await StartAsync(handlers);

        await _store.AppendAsync(new JobEvent("job", eventName));

        await _time.AdvanceUntilAsync(() => processor.DeadLetters!.Count() == 1);
        var calls = handlers.Calls.ToList();
        var expected = waits.Split(' ').Select(static wait => double.Parse(wait, CultureInfo.InvariantCulture));
        Assert.All(
            calls.Zip(calls.Skip(1), static (earlier, later) => (later - earlier).TotalSeconds).Zip(expected),
            static wait => Assert.InRange(wait.First, wait.Second, wait.Second + 0.9));
        Assert.Equal(waits.Split(' ').Length + 1, calls.Count);
        Assert.Equal(calls.Count, processor.DeadLetters!.List()[0].Deliveries);
    }

    [Fact]
    public async Task A_handler_with_more_tries_than_MaxDeliver_has_them_over_redeliveries_too()
    {
        var handlers = new Handlers(_time, static () => new InvalidOperationException("broken"));
        await using var processor = await StartAsync(handlers, static options =>
        {
            options.MaxDeliver = 2;
            options.OnRetry = JobEventRetryOrder.Continue;
        });

        await _store.AppendAsync(new JobEvent("job", "exponential"));

        await _time.AdvanceUntilAsync(() => processor.DeadLetters!.Count() == 1);
        Assert.Equal(7, handlers.Calls.Count);
        Assert.Equal(JobEventDeadLetterCause.HandlerFailed, processor.DeadLetters!.List()[0].Cause);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exceptions_that_are_never_retried_make_a_dead_letter_at_once(bool byOptions)
    {
        // One is derived from what the attribute names, the other from what the options do.
        var handlers = new Handlers(_time, () => byOptions ? new FormatException("no number") : (Exception)new FileNotFoundException("gone"));
        await using var processor = await StartAsync(handlers, static options => options.NeverRetry.Add(typeof(SystemException)));

        await _store.AppendAsync(new JobEvent("job", "picky"));

        await Eventually.TrueAsync(() => processor.DeadLetters!.Count() == 1, null, "it is given up, though time stands still");
        Assert.Equal("Handlers.OnPicky failed with an exception that is never retried.", processor.DeadLetters!.List()[0].Reason);
        Assert.Single(handlers.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exceptions_that_mean_nothing_to_do_end_the_event(bool byOptions)
    {
        var handlers = new Handlers(_time, () => byOptions ? new KeyNotFoundException("no such order") : (Exception)new TimeZoneNotFoundException("none"));
        await using var processor = await StartAsync(handlers, static options => options.DropOn.Add(typeof(KeyNotFoundException)));

        await _store.AppendAsync(new JobEvent("job", "picky"));
        await Eventually.TrueAsync(() => _log.Of(311).Count == 1, null, "it is dropped");
        _time.Advance(TimeSpan.FromHours(1));
        await _store.AppendAsync(new JobEvent("job", "picky"));

        await Eventually.TrueAsync(() => _log.Of(311).Count == 2, null, "the next is too");
        Assert.Equal(2, handlers.Calls.Count);
        Assert.Equal(0, processor.DeadLetters!.Count());
        Assert.Contains("Handlers.OnPicky drops event picky", _log.Of(311)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_has_its_own_time()
    {
        var handlers = new Handlers(_time, static () => new InvalidOperationException("not reached"));
        await using var processor = await StartAsync(handlers);

        await _store.AppendAsync(new JobEvent("job", "slow"));
        await Eventually.TrueAsync(() => handlers.Calls.Count == 1, null, "it runs");
        _time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.Empty(_log.Of(301));
        _time.Advance(TimeSpan.FromSeconds(0.2));

        await Eventually.TrueAsync(() => _log.Of(301).Count == 1, null, "its half second is up");
    }

    private async Task<JobEventProcessor> StartAsync(Handlers handlers, Action<JobEventProcessorOptions>? configure = null)
    {
        var options = new JobEventProcessorOptions { Name = "policies" };
        configure?.Invoke(options);
        var processor = new JobEventProcessor(_store, options, services: null, _log, _time);
        processor.AddHandlers(handlers);
        await processor.StartAsync();
        return processor;
    }

    [Retry(2)]
    private sealed partial class Handlers(TimeProvider time, Func<Exception> failure)
    {
        public ConcurrentQueue<DateTimeOffset> Calls { get; } = new();

        [OnJobEvent("exponential")]
        [Retry(7, DelaySeconds = 2, MaxDelaySeconds = 5)]
        public void OnExponential() => Fail();

        [OnJobEvent("linear")]
        [Retry(4, Backoff = JobEventBackoff.Linear)]
        public void OnLinear() => Fail();

        [OnJobEvent("constant")]
        [Retry(3, DelaySeconds = 3, Backoff = JobEventBackoff.Constant)]
        public void OnConstant() => Fail();

        [OnJobEvent("of_the_class")]
        public void OnTheClass() => Fail();

        [OnJobEvent("picky")]
        [NeverRetry(typeof(IOException), typeof(NotSupportedException))]
        [DropOn(typeof(TimeZoneNotFoundException))]
        public void OnPicky() => Fail();

        [OnJobEvent("slow")]
        [HandlerTimeout(0.5)]
        public async Task OnSlowAsync(CancellationToken cancellationToken)
        {
            Calls.Enqueue(time.GetUtcNow());
            await Forever.WaitAsync(cancellationToken);
        }

        private void Fail()
        {
            Calls.Enqueue(time.GetUtcNow());
            throw failure();
        }
    }
}
