using System.Runtime.InteropServices;

namespace Naq.Events.Testing;

/// <summary>What a process is sent (Linux and macOS, whose numbers differ).</summary>
internal static partial class ProcessSignal
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    /// <summary>SIGHUP.</summary>
    public static void HangUp(int processId) => Send(processId, 1);

    /// <summary>SIGKILL; of no consequence when the process has ended.</summary>
    public static void Kill(int processId) => _ = SendSignal(processId, 9);

    /// <summary>SIGUSR2.</summary>
    public static void User2(int processId) => Send(processId, OperatingSystem.IsMacOS() ? 31 : 12);

    /// <summary>SIGCONT.</summary>
    public static void Resume(int processId) => Send(processId, OperatingSystem.IsMacOS() ? 19 : 18);

    /// <summary>SIGSTOP, and waits until it is frozen: its connections stay open and nothing answers.</summary>
    public static void Suspend(int processId)
    {
        Send(processId, OperatingSystem.IsMacOS() ? 17 : 19);
        if (OperatingSystem.IsLinux() && !SpinWait.SpinUntil(() => IsStopped(processId), StopDeadline))
            throw new TimeoutException($"Process {processId} still runs {StopDeadline.TotalSeconds} s after it was told to stop.");
    }

    private static void Send(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0)
            throw new InvalidOperationException($"Process {processId} takes no signal: errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>The kernel stops threads one by one, after kill() has returned: until the last one, the process may answer.</summary>
    private static bool IsStopped(int processId)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{processId}/task")
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .All(stat => stat[stat.LastIndexOf(')') + 2] == 'T');
        }
        catch (IOException)
        {
            return false; // a thread ended between the listing and the reading
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
