using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <content>More events than are held in hand, which take seconds: mutants are not tried on them.</content>
public sealed partial class RetryOrderTests
{
    [Theory]
    [InlineData(JobEventRetryOrder.BlockJob)]
    [InlineData(JobEventRetryOrder.Continue)]
    public async Task More_jobs_that_wait_than_are_held_in_hand_hold_up_no_other(JobEventRetryOrder order)
    {
        const int Broken = 10_200;
        var isBroken = true;
        await using var test = await StartAsync(
            (jobEvent, _) => Volatile.Read(ref isBroken) && jobEvent.JobId.StartsWith("broken", StringComparison.Ordinal),
            options => options.OnRetry = order);
        await _store.AppendAsync([.. Enumerable.Range(0, Broken).Select(static number => Event($"broken-{number}"))]);
        await _store.AppendAsync([.. Enumerable.Range(0, 200).Select(static number => Event($"good-{number}"))]);

        // Time stands still: none of the broken is tried again.
        await Eventually.TrueAsync(() => _handled.Count == Broken + 200, TimeSpan.FromSeconds(50), "each job had its turn");

        Assert.Equal(200, _handled.Count(static handled => handled.JobId.StartsWith("good", StringComparison.Ordinal)));
        Volatile.Write(ref isBroken, false);
        await _time.AdvanceUntilAsync(() => _handled.Count == (2 * Broken) + 200, TimeSpan.FromSeconds(1));
        Assert.Equal(Broken, _handled.Count(static handled => handled.Delivery == 2));
        Assert.Equal(0, test.Processor.DeadLetters!.Count());
    }
}
