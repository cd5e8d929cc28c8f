using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>What an event costs on its way through the dispatcher to handlers that complete synchronously.</summary>
public sealed partial class DispatchAllocationTests
{
    private const int Events = 2_000;
    private const int MaxRounds = 50;

    [Fact]
    public void AHandlerThatCompletesSynchronouslyCostsNothing()
    {
        var handlers = new Handlers();
        Assert.Equal(0, BytesPerEvent(handlers, new JobEvent("job-1", JobEventType.Failed) { WorkerId = "w", QueueName = "emails-high" }));
        Assert.Equal(0, BytesPerEvent(handlers, new JobEvent("job-1", "something_else") { QueueName = "emails-low" }));
        Assert.True(handlers.Count > Events);
    }

    [Fact]
    public void ParametersThatAreNumbersOrTruthsCostNothing()
    {
        var handlers = new WithDetails();
        var jobEvent = new JobEvent("job-1", "weighed") { Details = JobEventFields.Parse("""{"note":"a\u0062","parcels":17,"kilos":2.5,"express":true}""") };

        Assert.Equal(0, BytesPerEvent(handlers, jobEvent));
        Assert.Equal((17, 2.5, true), (handlers.Parcels, handlers.Kilos, handlers.Express));
    }

    /// <summary>The control: one object for each handler is seen, and nothing else.</summary>
    [Fact]
    public void AHandlerWithItsContextCostsTheContext()
    {
        var jobEvent = new JobEvent("job-1", JobEventType.Started);
        var delivery = new HandlerDelivery(jobEvent, EmptyServices.Instance, null, 1);
        var size = BytesOf(() => GC.KeepAlive(new JobEventContext(EmptyServices.Instance, delivery)));
        Assert.InRange(size, 1, 144);
        Assert.Equal(2 * size, BytesPerEvent(new WithContext(), jobEvent));
    }

    private static long BytesPerEvent<THandlers>(THandlers handlers, JobEvent jobEvent)
        where THandlers : class, CompilerServices.IJobEventHandlers<THandlers>
    {
        using var stopping = new CancellationTokenSource();
        using var run = new HandlerRun(new FailurePolicy(new JobEventProcessorOptions()), NullLogger.Instance, TimeProvider.System, stopping.Token);
        var dispatcher = new JobEventDispatcher<THandlers>(handlers);
        var delivery = new HandlerDelivery(jobEvent, EmptyServices.Instance, "test", 1);
        var bytes = BytesOf(() =>
        {
            run.Begin();
            var dispatched = dispatcher.DispatchAsync(delivery, run);
            if (!dispatched.IsCompletedSuccessfully || run.Verdict.Failed)
                throw new InvalidOperationException("The handlers did not complete.");
        });
        return bytes;
    }

    // The least of several rounds: code that is not optimized yet boxes, and the runtime's own bookkeeping falls on any thread.
    private static long BytesOf(Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < MaxRounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Events; i++)
                action();

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Events);
        }

        return least;
    }

    private sealed partial class Handlers
    {
        public int Count { get; private set; }

        [OnJobEvent(JobEventType.Failed)]
        public ValueTask OnFailed(JobEvent jobEvent, string jobId, string? workerId, CancellationToken cancellationToken)
        {
            Count += jobId.Length + (workerId?.Length ?? 0);
            return default;
        }

        [OnJobEvent(JobEventType.Failed)]
        public Task OnFailedToo() => Task.CompletedTask;

        [OnJobEvent(Queue = "emails-*")]
        [OnJobEvent("something_else", WorkerType = "*")]
        public void OnEvery(JobEventType type) => Count += (int)type;

        [OnJobEvent]
        private static void OnEveryStatic(string eventName) => ArgumentNullException.ThrowIfNull(eventName);
    }

    private sealed partial class WithDetails
    {
        public int Parcels { get; private set; }

        public double Kilos { get; private set; }

        public bool Express { get; private set; }

        [OnJobEvent("weighed")]
        public void On(int parcels, double? kilos, bool express = false) => (Parcels, Kilos, Express) = (parcels, kilos ?? 0, express);
    }

    private sealed partial class WithContext
    {
        [OnJobEvent]
        public static void On(JobEventContext context) => ArgumentNullException.ThrowIfNull(context);

        [OnJobEvent]
        public static void OnToo(JobEventContext context) => ArgumentNullException.ThrowIfNull(context.Services);
    }
}
