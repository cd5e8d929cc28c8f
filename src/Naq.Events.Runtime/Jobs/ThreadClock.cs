using System.Runtime.InteropServices;

namespace Naq.Events.Jobs;

/// <summary>The processor time of the current thread. .NET itself knows only that of the process, which many jobs share.</summary>
internal static class ThreadClock
{
    private const int LinuxThreadClock = 3;
    private const int AppleThreadClock = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    private static readonly int PosixClock = OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() ? AppleThreadClock : LinuxThreadClock;

    /// <summary>Whether this system has such a clock.</summary>
    public static bool IsSupported { get; } = Probe();

    /// <summary>The time since the thread began, in nanoseconds; 0 where there is no such clock.</summary>
    public static long Nanoseconds => IsSupported && TryRead(out var nanoseconds) ? nanoseconds : 0;

    private static bool Probe()
    {
        try
        {
            return TryRead(out _);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool TryRead(out long nanoseconds) => OperatingSystem.IsWindows() ? TryReadWindows(out nanoseconds) : TryReadPosix(out nanoseconds);

    // Each in a method of its own: without a transition to wait in, a function is looked up when what calls it is compiled, and the other system's is not there.
    private static bool TryReadWindows(out long nanoseconds)
    {
        var isRead = GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user);
        nanoseconds = (kernel + user) * NanosecondsPerTick;
        return isRead != 0;
    }

    private static bool TryReadPosix(out long nanoseconds)
    {
        var result = GetTime(PosixClock, out var time);
        nanoseconds = (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
        return result == 0;
    }

#pragma warning disable SYSLIB1054 // LibraryImport needs unsafe code, of which this library has none. These arguments are blittable.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern int GetTime(int clock, out TimeOfClock time);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SuppressGCTransition]
    private static extern nint GetCurrentThread();

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetThreadTimes(nint thread, out long created, out long ended, out long kernel, out long user);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfClock
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
