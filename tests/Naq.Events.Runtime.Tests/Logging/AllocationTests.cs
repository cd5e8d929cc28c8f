using System.Diagnostics;
using Naq.Events.Runtime.Tests.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class AllocationTests
{
    private const int Round = 2_000;

    [Theory]
    [InlineData(true, JobEventOverflow.DropOldest)]
    [InlineData(false, JobEventOverflow.DropOldest)]
    [InlineData(true, JobEventOverflow.Spool)]
    [InlineData(false, JobEventOverflow.Spool)]
    public void A_log_call_allocates_nothing_on_its_thread(bool idle, JobEventOverflow overflow)
    {
        using var folder = new SpoolFolder();
        var options = new NaqEventsOptions { Logger = { Overflow = overflow, Spool = { Directory = folder.Path } } };

        var allocated = AllocationRounds.OnOwnThread(() => Measure(idle, options));
        Assert.True(allocated[^1] == 0, $"Bytes for {Round} events, round by round: {string.Join(", ", allocated)}");
    }

    private static IReadOnlyList<long> Measure(bool idle, NaqEventsOptions options)
    {
        var store = new ManualStore { Automatic = idle };
        using var logger = new JobEventLogger(store, options);
        var allocated = AllocationRounds.Measure(store, logger, () => Log(logger, Round, idle));
        store.AcknowledgeAllFromNowOn();
        return allocated;
    }

    private static void Log(JobEventLogger logger, int count, bool idle)
    {
        for (var i = 0; i < count; i++)
        {
            var writer = logger.BeginEvent("job-42", "payment_captured"u8);
            writer.WorkerId("worker-1");
            writer.BeginMessage();
            writer.AppendLiteral("Captured "u8);
            writer.AppendFormatted(12.5m, "F2");
            writer.EndMessage();
            writer.BeginDetails();
            writer.Write("amount"u8, 12.5m);
            writer.Write("currency"u8, "EUR");
            writer.EndDetails();
            writer.DurationMs(1.25);
            writer.BeginTags();
            writer.WriteTag("tenant"u8, "acme");
            writer.EndTags();
            logger.Log(ref writer);
            writer.Dispose();

            // The pump wakes again and again, or is busy with the first event.
            if (idle)
                Thread.SpinWait(2_000);
        }
    }
}
