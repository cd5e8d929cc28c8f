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
        var allocated = AllocationRounds.OnOwnThread(() => Measure(log));
        Assert.True(allocated[^1] == 0, $"Bytes for {Round} calls, round by round: {string.Join(", ", allocated)}");
    }

    private static IReadOnlyList<long> Measure(Action<JobEventLogger> log)
    {
        var store = new ManualStore();
        using var logger = new JobEventLogger(store);
        IReadOnlyList<long> allocated;
        using (var outer = logger.BeginJob("outer", new JobRunOptions { CorrelationId = "request" }))
        using (var job = logger.BeginJob("job"))
        {
            allocated = AllocationRounds.Measure(store, logger, () =>
            {
                for (var i = 0; i < Round; i++)
                    log(logger);
            });
            job.Complete();
            outer.Complete();
        }

        store.AcknowledgeAllFromNowOn();
        return allocated;
    }
}
