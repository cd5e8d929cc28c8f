using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Naq.Events.Testing;

/// <summary>The program Naq.Events.KilledProcess with a durable processor: it handles numbered events until it is killed or told to stop.</summary>
public sealed class HandlingProcess : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Process _process;
    private readonly List<int> _handled = [];
    private readonly StringBuilder _log = new();
    private readonly Task _read;
    private readonly Task _readLog;
    private int _stuck = -1;

    /// <summary>Starts it.</summary>
    /// <param name="url">The server.</param>
    /// <param name="processor">The processor's durable name.</param>
    /// <param name="stuck">The number whose handler never ends; -1 for none.</param>
    public HandlingProcess(string url, string processor, int stuck = -1)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [KilledProgram.Path, "handle", url, processor, $"{stuck}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _read = ReadAsync(_process.StandardOutput, Heard);
        _readLog = ReadAsync(_process.StandardError, line => _log.AppendLine(line));
    }

    /// <summary>The numbers whose handlers ended, in that order.</summary>
    public IReadOnlyList<int> Handled
    {
        get
        {
            lock (_lock)
                return [.. _handled];
        }
    }

    /// <summary>The number whose handler runs and never ends; -1 before.</summary>
    public int Stuck => Volatile.Read(ref _stuck);

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
    }

    /// <summary>Has it stop in good order, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _read.ConfigureAwait(false);
        await _readLog.ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"It ended with {_process.ExitCode}: {_log}");
    }

    /// <summary>Kills it, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync().ConfigureAwait(false);

        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader output, Action<string> heard)
    {
        while (await output.ReadLineAsync().ConfigureAwait(false) is { } line)
            heard(line);
    }

    private void Heard(string line)
    {
        var words = line.Split(' ');
        var number = int.Parse(words[1], CultureInfo.InvariantCulture);
        if (words[0] == "stuck")
        {
            Volatile.Write(ref _stuck, number);
            return;
        }

        lock (_lock)
            _handled.Add(number);
    }
}
