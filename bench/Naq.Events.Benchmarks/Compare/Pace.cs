using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>Calls at an even rate: what is late is made up for, as with work that arrives from outside.</summary>
internal static partial class Pace
{
    private const uint MicrosecondsOfStep = 100;

    public static void Run(int count, int perSecond, Action<int> call)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count;)
        {
            if (i < Due(started, perSecond))
                call(i++);
            else
                Sleep();
        }
    }

    /// <summary>The same on a thread of its own, so that the pool is left to those who answer.</summary>
    public static Task RunAsync(int count, int perSecond, Func<int, ValueTask> call) => Task.Factory.StartNew(
        () => Run(count, perSecond, i =>
        {
            var underWay = call(i);
            if (!underWay.IsCompletedSuccessfully)
                underWay.AsTask().GetAwaiter().GetResult();
        }),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    // Thread.Sleep knows milliseconds only: with less it yields and comes back at once, so that this would take one of few cores from those that are measured.
    private static void Sleep()
    {
        if (OperatingSystem.IsWindows())
            Thread.Sleep(1);
        else
            _ = SleepFor(MicrosecondsOfStep);
    }

    private static long Due(long started, int perSecond) => (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) + 1;

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SleepFor(uint microseconds);
}
