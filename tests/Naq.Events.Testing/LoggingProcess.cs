using System.Diagnostics;
using System.Globalization;

namespace Naq.Events.Testing;

/// <summary>The program Naq.Events.KilledProcess: it logs numbered events from several threads until it is killed.</summary>
public sealed class LoggingProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task _read;
    private int[] _logged = [];

    /// <summary>Starts it.</summary>
    /// <param name="arguments">As its Program.cs says.</param>
    public LoggingProcess(params string[] arguments)
    {
        // Beside this one's output, in the same configuration.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            own.Parent!.Parent!.Parent!.Parent!.FullName,
            "Naq.Events.KilledProcess", "bin", own.Parent.Name, own.Name, "Naq.Events.KilledProcess.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _error = _process.StandardError.ReadToEndAsync();
        _read = ReadAsync();
    }

    /// <summary>How many log calls of each thread have returned, at the least.</summary>
    public IReadOnlyList<int> Logged => Volatile.Read(ref _logged);

    /// <summary>Waits until all threads together have logged so many.</summary>
    /// <param name="count">How many.</param>
    public Task LogsAsync(int count) => Eventually.TrueAsync(
        () => !_process.HasExited ? Logged.Sum() >= count : throw new InvalidOperationException($"It ended: {_error.GetAwaiter().GetResult()}"),
        TimeSpan.FromSeconds(60),
        "the process logs");

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
            var numbers = line.Split(' ');
            if (numbers.Length > 0 && numbers.All(static number => number.Length > 0))
                Volatile.Write(ref _logged, [.. numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))]);
        }
    }
}
