using CsCheck;
using Naq.Events.Runtime.Tests.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>The end of each <see cref="LoggerUnderTest"/> checks the pool; here the roads to it are chosen at random.</summary>
public sealed class MemoryTests
{
    private enum Act
    {
        Log,
        LogLarge,
        LogAsync,
        Acknowledge,
        Refuse,
        Flush,
        CancelWaiting,
    }

    [Fact]
    public Task Pooled_memory_comes_back_on_every_road() => Gen.Select(
        Gen.Int[1, 20],
        Gen.Int[1, 8],
        Gen.Enum<JobEventOverflow>(),
        Gen.Select(Gen.Enum<Act>(), Gen.Int[1, 6]).Array[1, 40],
        Gen.Bool).SampleAsync(
        static async (capacity, batchSize, overflow, acts, acknowledged) =>
        {
            var store = new ManualStore();
            using var folder = new SpoolFolder();
            await using var test = new LoggerUnderTest(store, options =>
            {
                options.MaxBufferSize = capacity;
                options.BatchSize = batchSize;
                options.Overflow = overflow;
                options.Spool.Directory = folder.Path;
                options.Spool.SegmentBytes = 4 * 1024 * 1024;
                options.WaitTimeout = TimeSpan.FromMilliseconds(1);
                options.DrainTimeout = TimeSpan.FromMilliseconds(acknowledged ? 60_000 : 1);
            });
            using var cancellation = new CancellationTokenSource();
            var waits = new List<Task>();
            foreach (var (act, number) in acts)
                Perform(test, store, act, number, waits, cancellation);

            if (acknowledged)
                store.AcknowledgeAllFromNowOn();

            await test.Logger.DisposeAsync();
            foreach (var wait in waits)
                await wait.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            Assert.All(waits, static wait => Assert.True(wait.IsCompleted));
            test.Pool.AssertBalanced();
            if (acknowledged)
                Assert.DoesNotContain(test.Losses, static loss => loss.Reason.Contains("DrainTimeout", StringComparison.Ordinal));
        },
        iter: 200,
        threads: 1);

    private static void Perform(
        LoggerUnderTest test, ManualStore store, Act act, int number, List<Task> waits, CancellationTokenSource cancellation)
    {
        switch (act)
        {
            case Act.Log:
                test.WriteMany(number);
                break;
            case Act.LogLarge:
                test.Write("job", new string('x', 20_000 * number));
                break;
            case Act.LogAsync:
                waits.Add(test.Logger.LogAsync(new JobEvent("job", JobEventType.Started), cancellation.Token).AsTask());
                break;
            case Act.Acknowledge:
                store.Acknowledge(number);
                break;
            case Act.Refuse:
                store.Refuse(number, "no");
                break;
            case Act.Flush:
                waits.Add(test.Logger.FlushAsync(cancellation.Token).AsTask());
                break;
            case Act.CancelWaiting when number == 1:
                cancellation.Cancel();
                break;
        }
    }
}
