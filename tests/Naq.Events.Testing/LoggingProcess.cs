using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Naq.Events.Testing;

/// <summary>The program Naq.Events.KilledProcess: it logs numbered events from several threads until it is killed or told to stop.</summary>
public sealed partial class LoggingProcess : IAsyncDisposable
{
    private const int FileSize = 1;

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Task _logging;
    private readonly Task _read;
    private int[] _logged = [];

    /// <summary>Starts it.</summary>
    /// <param name="arguments">As its Program.cs says.</param>
    public LoggingProcess(params string[] arguments)
    {
        // A limit on files is to fail their writes, not to end the process with SIGXFSZ.
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", KilledProgram.Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _logging = ReadLogAsync();
        _read = ReadAsync();
    }

    /// <summary>How many log calls of each thread have returned, at the least.</summary>
    public IReadOnlyList<int> Logged => Volatile.Read(ref _logged);

    /// <summary>How many events it gave up; known once it was told to stop.</summary>
    public long Lost { get; private set; }

    /// <summary>What its logger has logged, line by line, each with its event id in front.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Waits until all threads together have logged so many.</summary>
    /// <param name="count">How many.</param>
    public Task LogsAsync(int count) => Eventually.TrueAsync(
        () => !_process.HasExited ? Logged.Sum() >= count : throw new InvalidOperationException($"It ended: {Log}"),
        TimeSpan.FromSeconds(60),
        "the process logs");

    /// <summary>From now on it can make no file larger than this (RLIMIT_FSIZE, Linux only), whatever room the disk has.</summary>
    /// <param name="bytes">The limit; <see cref="ulong.MaxValue"/> for none.</param>
    public void LimitFiles(ulong bytes)
    {
        if (SetLimit(_process.Id, FileSize, [bytes, ulong.MaxValue], 0) != 0)
            throw new InvalidOperationException($"The process {_process.Id} takes no limit: errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Has it stop logging and publish what is left, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
        await _logging.ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"It ended with {_process.ExitCode}: {Log}");
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
    }

    /// <summary>Kills it, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync().ConfigureAwait(false);

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("lost ", StringComparison.Ordinal))
            {
                Lost = long.Parse(line.AsSpan("lost ".Length), CultureInfo.InvariantCulture);
                continue;
            }

            var numbers = line.Split(' ');
            if (numbers.Length > 0 && numbers.All(static number => number.Length > 0))
                Volatile.Write(ref _logged, [.. numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))]);
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_log)
                _log.AppendLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int processId, int resource, ulong[] limits, nint previous);
}
