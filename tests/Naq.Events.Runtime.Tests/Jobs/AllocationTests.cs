using System.Diagnostics;
using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>What an event takes over from its scope is there already: nothing is made for it.</summary>
public sealed class AllocationTests
{
    private const int Round = 2_000;

    [Fact]
    public void A_log_call_in_a_scope_allocates_nothing() => AllocatesNothing(logger => logger.LogJobDequeued("job", "q", "w"));

    [Fact]
    public void A_log_call_for_another_job_allocates_nothing() => AllocatesNothing(logger =>
    {
        logger.LogJobEnqueued("new", "q");
        logger.LogJobDequeued("other", "q", "w");
    });

    [Fact]
    public void A_beat_that_comes_too_early_allocates_nothing() => AllocatesNothing(_ => JobScope.Current!.Beat());

    private static void AllocatesNothing(Action<JobEventLogger> log)
    {
        // A thread of its own: nothing that another test does there is counted.
        List<long> allocated = [];
        var thread = new Thread(() => Measure(log, allocated));
        thread.Start();
        thread.Join();
        Assert.True(allocated[^1] == 0, $"Bytes for {Round} calls, round by round: {string.Join(", ", allocated)}");
    }

    private static void Measure(Action<JobEventLogger> log, List<long> allocated)
    {
        var store = new ManualStore();
        using var logger = new JobEventLogger(store);
        using (var outer = logger.BeginJob("outer", new JobRunOptions { CorrelationId = "request" }))
        using (var job = logger.BeginJob("job"))
        {
            var deadline = Stopwatch.StartNew();
            do
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < Round; i++)
                    log(logger);

                allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
                var flush = logger.FlushAsync().AsTask();
                while (!flush.IsCompleted)
                {
                    store.Acknowledge(int.MaxValue);
                    _ = Thread.Yield();
                }
            }
            while (allocated[^1] > 0 && deadline.Elapsed < TimeSpan.FromSeconds(20));

            job.Complete();
            outer.Complete();
        }

        store.AcknowledgeAllFromNowOn();
    }
}
