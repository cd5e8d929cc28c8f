using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Naq.Events.Testing;

/// <summary>Logs numbered events from several threads.</summary>
/// <param name="arguments">As the program's Program.cs says.</param>
/// <remarks>A limit on files is to fail their writes, not to end the process with SIGXFSZ.</remarks>
public sealed partial class LoggingProcess(params string[] arguments)
    : KilledProcess(new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", Program, .. arguments]))
{
    private const int FileSize = 1;

    private int[] _logged = [];

    /// <summary>How many log calls of each thread have returned, at the least.</summary>
    public IReadOnlyList<int> Logged => Volatile.Read(ref _logged);

    /// <summary>How many events it gave up; known once it was told to stop.</summary>
    public long Lost { get; private set; }

    /// <summary>Waits until all threads together have logged so many.</summary>
    /// <param name="count">How many.</param>
    public Task LogsAsync(int count) => Eventually.TrueAsync(
        () => !Process.HasExited ? Logged.Sum() >= count : throw new InvalidOperationException($"It ended: {Log}"),
        TimeSpan.FromSeconds(60),
        "the process logs");

    /// <summary>From now on it can make no file larger than this (RLIMIT_FSIZE, Linux only), whatever room the disk has.</summary>
    /// <param name="bytes">The limit; <see cref="ulong.MaxValue"/> for none.</param>
    public void LimitFiles(ulong bytes)
    {
        if (SetLimit(Process.Id, FileSize, [bytes, ulong.MaxValue], 0) != 0)
            throw new InvalidOperationException($"The process {Process.Id} takes no limit: errno {Marshal.GetLastPInvokeError()}.");
    }

    protected override void Heard(string line)
    {
        if (line.StartsWith("lost ", StringComparison.Ordinal))
        {
            Lost = long.Parse(line.AsSpan("lost ".Length), CultureInfo.InvariantCulture);
            return;
        }

        var numbers = line.Split(' ');
        if (numbers.Length > 0 && numbers.All(static number => number.Length > 0))
            Volatile.Write(ref _logged, [.. numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))]);
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int processId, int resource, ulong[] limits, nint previous);
}
