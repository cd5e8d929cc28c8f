using System.Runtime.InteropServices;

namespace Quickstart;

/// <summary>What a job cost.</summary>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="CpuTimeMs">The processor time it used, in milliseconds, where that can be measured.</param>
/// <param name="MemoryMb">The memory it allocated, in mebibytes.</param>
public readonly record struct JobCost(double DurationMs, double? CpuTimeMs, double MemoryMb);

/// <summary>Measures a job that runs on one thread from its start to its end.</summary>
public readonly partial struct JobMeter
{
    private const double BytesPerMebibyte = 1024 * 1024;
    private const int LinuxThreadClock = 3;
    private const int MacThreadClock = 16;

    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private readonly double? _cpuTimeMs;
    private readonly long _allocated;

    private JobMeter(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _allocated = GC.GetAllocatedBytesForCurrentThread();
        _cpuTimeMs = ThreadCpuTimeMs();
        _started = timeProvider.GetTimestamp();
    }

    public static JobMeter Start(TimeProvider timeProvider) => new(timeProvider);

    public JobCost Stop() => new(
        _timeProvider.GetElapsedTime(_started).TotalMilliseconds,
        ThreadCpuTimeMs() - _cpuTimeMs,
        (GC.GetAllocatedBytesForCurrentThread() - _allocated) / BytesPerMebibyte);

    // .NET knows the processor time of the process, not of the current thread.
    private static double? ThreadCpuTimeMs()
    {
        if (OperatingSystem.IsWindows())
        {
            return GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user)
                ? TimeSpan.FromTicks(kernel + user).TotalMilliseconds
                : null;
        }

        var clock = OperatingSystem.IsMacOS() ? MacThreadClock : LinuxThreadClock;
        return GetTime(clock, out var time) == 0 ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6) : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeOfClock time);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long created, out long ended, out long kernel, out long user);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfClock
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
