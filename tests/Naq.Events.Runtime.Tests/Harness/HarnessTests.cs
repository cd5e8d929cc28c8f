using Microsoft.Extensions.DependencyInjection;

namespace Naq.Events.Runtime.Tests.Harness;

/// <summary>The harness that users test their handlers with. Nothing here waits by the clock on the wall but the handler that hangs.</summary>
public sealed partial class HarnessTests
{
    private const int Deadline = 30_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Deadline)]
    public async Task What_is_logged_is_handled_in_order_and_one_at_a_time()
    {
        var handlers = new Recording();
        await using var harness = new JobEventTestHarness();
        harness.AddHandlers(handlers);
        for (var i = 0; i < 200; i++)
            harness.Logger.Log(Event($"job-{i % 7}", $"{i}"));

        await harness.RunAsync(Token);

        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{i}"), handlers.Messages);
        Assert.Equal(200, harness.Handled.Count);
        Assert.Equal(1, handlers.MostAtOnce);
        Assert.Empty(harness.Retried);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_failed_event_is_tried_again_when_its_time_has_come_and_holds_up_its_own_job_only()
    {
        var handlers = new Recording { Fails = static (jobEvent, attempt) => jobEvent.Message == "a1" && attempt < 3 };
        await using var harness = new JobEventTestHarness(static o => o.RetryDelay = TimeSpan.FromSeconds(10));
        harness.AddHandlers(handlers);
        foreach (var message in (string[])["a1", "a2", "b1"])
            harness.Logger.Log(Event(message[..1], message));

        await harness.RunAsync(Token);
        Assert.Equal(["b1"], harness.Handled.Select(static e => e.Message));

        harness.Advance(TimeSpan.FromSeconds(9));
        await harness.RunAsync(Token);
        _ = Assert.Single(harness.Retried);

        harness.Advance(TimeSpan.FromSeconds(1));
        await harness.RunAsync(Token);
        Assert.Equal(TimeSpan.FromSeconds(20), harness.Deliveries[^1].RetryDelay);

        harness.Advance(TimeSpan.FromSeconds(20));
        await harness.RunAsync(Token);
        Assert.Equal(["b1", "a1", "a2"], harness.Handled.Select(static e => e.Message));
        Assert.Equal([1, 1, 2, 3, 1], harness.Deliveries.Select(static delivery => delivery.Attempt));
    }

    [Fact(Timeout = Deadline)]
    public async Task Where_jobs_go_on_later_events_pass_the_one_that_waits()
    {
        var handlers = new Recording { Fails = static (jobEvent, attempt) => jobEvent.Message == "a1" && attempt == 1 };
        await using var harness = new JobEventTestHarness(static o => o.OnRetry = JobEventRetryOrder.Continue);
        harness.AddHandlers(handlers);
        harness.Logger.Log(Event("a", "a1"));
        harness.Logger.Log(Event("a", "a2"));

        await harness.RunToEndAsync(Token);

        Assert.Equal(["a2", "a1"], harness.Handled.Select(static e => e.Message));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_fails_in_every_try_is_a_dead_letter_with_its_error_and_can_be_replayed()
    {
        var handlers = new Recording { Fails = static (_, _) => true };
        await using var harness = new JobEventTestHarness(static o => o.MaxDeliver = 3);
        harness.AddHandlers(handlers);
        harness.Logger.Log(Event("a", "a1"));

        await harness.RunToEndAsync(Token);

        var last = harness.Deliveries[^1];
        Assert.Equal((3, JobEventTestOutcome.DeadLettered), (last.Attempt, last.Outcome));
        Assert.Equal("No.", Assert.IsType<InvalidOperationException>(Assert.Single(last.Failures).Exception).Message);
        Assert.Contains("Recording.On failed in the last of 3 deliveries", last.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await harness.DeadLetters.CountAsync(cancellationToken: Token));
        Assert.Equal("a1", Assert.Single(harness.DeadLettered).Message);

        handlers.Fails = static (_, _) => false;
        Assert.Equal(1, await harness.DeadLetters.ReplayAllAsync(cancellationToken: Token));
        await harness.RunAsync(Token);
        Assert.Equal("a1", Assert.Single(harness.Handled).Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task Parked_events_follow_the_replay_of_their_dead_letter()
    {
        var handlers = new Recording { Fails = static (jobEvent, _) => jobEvent.Message == "a1" };
        await using var harness = new JobEventTestHarness(static o => (o.MaxDeliver, o.OnDeadLetter) = (1, JobEventDeadLetterOrder.ParkJob));
        harness.AddHandlers(handlers);
        foreach (var message in (string[])["a1", "a2", "b1"])
            harness.Logger.Log(Event(message[..1], message));

        await harness.RunToEndAsync(Token);
        Assert.Equal(["b1"], harness.Handled.Select(static e => e.Message));

        handlers.Fails = static (_, _) => false;
        _ = await harness.DeadLetters.ReplayAllAsync(cancellationToken: Token);
        await harness.RunToEndAsync(Token);
        Assert.Equal(["b1", "a1", "a2"], harness.Handled.Select(static e => e.Message));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_handler_that_hangs_runs_out_of_its_time_by_the_harnesss_clock()
    {
        var handlers = new Hanging();
        await using var harness = new JobEventTestHarness(static o => (o.MaxDeliver, o.HandlerTimeout) = (1, TimeSpan.FromMinutes(5)));
        harness.AddHandlers(handlers);
        var began = harness.TimeProvider.GetUtcNow();
        harness.Logger.Log(Event("a", "a1"));

        await harness.RunAsync(Token);

        Assert.True(handlers.WasCancelled);
        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(Assert.Single(harness.Deliveries).Failures).Exception);
        Assert.Equal(TimeSpan.FromMinutes(5), harness.TimeProvider.GetUtcNow() - began);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_handlers_log_and_jobs_that_run_are_handled_too_and_services_are_given()
    {
        var services = new ServiceCollection().AddScoped<Clerk>().AddScoped<Following>().BuildServiceProvider();
        await using var harness = new JobEventTestHarness(services: services);
        harness.AddScopedHandlers<Following>();
        await harness.Logger.RunJobAsync("a", (_, _) =>
        {
            harness.Advance(TimeSpan.FromSeconds(3));
            return Task.CompletedTask;
        }, cancellationToken: Token);

        await harness.RunAsync(Token);

        var completed = Assert.Single(harness.Handled, static e => e.EventName == "completed");
        Assert.Equal(3_000, completed.DurationMs);
        Assert.Equal(2, await harness.Store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Mistakes_are_said()
    {
        await using var harness = new JobEventTestHarness();
        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.RunAsync(Token));
        harness.AddHandlers(new Recording());
        await harness.RunAsync(Token);
        var late = Assert.Throws<InvalidOperationException>(() => harness.AddHandlers(new Recording()));
        var live = Assert.Throws<ArgumentException>(() => new JobEventTestHarness(static o => o.Name = null));

        Assert.Contains("Call AddHandlers first", none.Message, StringComparison.Ordinal);
        Assert.Contains("Add handlers before it does", late.Message, StringComparison.Ordinal);
        Assert.Contains("Leave Name as it is", live.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => harness.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_handler_that_waits_for_nothing_that_time_brings_is_said()
    {
        var never = new TaskCompletionSource();
        await using var harness = new JobEventTestHarness(static o => o.HandlerTimeout = TimeSpan.FromSeconds(5)) { Patience = TimeSpan.FromMilliseconds(20) };
        var handlers = new Recording { Before = () => never.Task.Wait(Token) };
        harness.AddHandlers(handlers);
        harness.Logger.Log(Event("a", "a1"));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => Task.Run(() => harness.RunAsync(Token), Token));
        never.SetResult();

        Assert.Contains("'started' (a)", thrown.Message, StringComparison.Ordinal);
    }

    private static JobEvent Event(string jobId, string message) => new(jobId, JobEventType.Started) { Message = message };

    private sealed partial class Recording
    {
        private readonly Dictionary<Guid, int> _attempts = [];
        private int _running;

        public Func<JobEvent, int, bool> Fails { get; set; } = static (_, _) => false;

        public Action? Before { get; set; }

        public List<string?> Messages { get; } = [];

        public int MostAtOnce { get; private set; }

        [OnJobEvent]
        public async Task On(JobEvent jobEvent)
        {
            Before?.Invoke();
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            await Task.Yield();
            _ = Interlocked.Decrement(ref _running);
            var attempt = _attempts[jobEvent.Id] = _attempts.GetValueOrDefault(jobEvent.Id) + 1;
            if (Fails(jobEvent, attempt))
                throw new InvalidOperationException("No.");

            Messages.Add(jobEvent.Message);
        }
    }

    private sealed partial class Hanging
    {
        public bool WasCancelled { get; private set; }

        [OnJobEvent]
        public async Task On(JobEvent jobEvent, CancellationToken cancellationToken)
        {
            try
            {
                await new TaskCompletionSource<JobEvent>().Task.WaitAsync(cancellationToken);
            }
            finally
            {
                WasCancelled = cancellationToken.IsCancellationRequested;
            }
        }
    }

    private sealed class Clerk;

    private sealed partial class Following
    {
        [OnJobEvent]
        public void On(JobEvent jobEvent, [FromServices] Clerk clerk)
        {
            ArgumentNullException.ThrowIfNull(jobEvent);
            ArgumentNullException.ThrowIfNull(clerk);
        }
    }
}
