using System.Diagnostics;
using System.Text;

namespace Naq.Events.Testing;

/// <summary>The program Naq.Events.KilledProcess, which runs until it is killed, or told to stop by the end of its input.</summary>
public abstract class KilledProcess : IAsyncDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Task _read;
    private readonly Task _logging;

    protected KilledProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process = Process.Start(start)!;
        _read = ReadAsync(Process.StandardOutput, Heard);
        _logging = ReadAsync(Process.StandardError, line =>
        {
            lock (_log)
                _log.AppendLine(line);
        });
    }

    /// <summary>What has been logged in it, line by line, each with its event id in front.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Its assembly: beside this one's output, in the same configuration.</summary>
    protected static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(
                own.Parent!.Parent!.Parent!.Parent!.FullName,
                "Naq.Events.KilledProcess", "bin", own.Parent.Name, own.Name, "Naq.Events.KilledProcess.dll");
        }
    }

    protected Process Process { get; }

    /// <summary>Has it stop in good order, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        Process.StandardInput.Close();
        await Process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
        await _logging.ConfigureAwait(false);
        if (Process.ExitCode != 0)
            throw new InvalidOperationException($"It ended with {Process.ExitCode}: {Log}");
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
    }

    /// <summary>Freezes it (SIGSTOP), as a machine that is suspended, or a long pause, does.</summary>
    public void Suspend() => ProcessSignal.Suspend(Process.Id);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => ProcessSignal.Resume(Process.Id);

    /// <summary>Kills it, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!Process.HasExited)
            await KillAsync().ConfigureAwait(false);

        Process.Dispose();
    }

    /// <summary>Takes a line that it said.</summary>
    protected abstract void Heard(string line);

    private static async Task ReadAsync(StreamReader output, Action<string> heard)
    {
        while (await output.ReadLineAsync().ConfigureAwait(false) is { } line)
            heard(line);
    }
}
