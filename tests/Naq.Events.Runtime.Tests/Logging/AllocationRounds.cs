using System.Diagnostics;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>Measures what log calls allocate on their thread, round by round, until a round allocates nothing.</summary>
internal static class AllocationRounds
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>On a thread of its own: nothing that another test does there is counted.</summary>
    /// <param name="measure">Calls <see cref="Measure"/>.</param>
    public static IReadOnlyList<long> OnOwnThread(Func<IReadOnlyList<long>> measure)
    {
        IReadOnlyList<long> allocated = [];
        var thread = new Thread(() => allocated = measure());
        thread.Start();
        thread.Join();
        return allocated;
    }

    /// <summary>
    /// The first rounds fill the buffer with objects that are used again, and run code that is not optimized yet, which boxes.
    /// </summary>
    public static IReadOnlyList<long> Measure(ManualStore store, JobEventLogger logger, Action round)
    {
        var allocated = new List<long>();
        var deadline = Stopwatch.StartNew();
        do
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);

            var flush = logger.FlushAsync().AsTask();
            Assert.True(
                SpinWait.SpinUntil(
                    () =>
                    {
                        store.Acknowledge(int.MaxValue);
                        return flush.IsCompleted;
                    },
                    Deadline),
                "What was logged is stored.");
        }
        while (allocated[^1] > 0 && deadline.Elapsed < Deadline);

        return allocated;
    }
}
