using System.Diagnostics;
using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

/// <summary>A run that the test interrupts.</summary>
internal sealed class RunningSample : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly Task<string> _error;
    private readonly Task _outputRead;

    /// <summary>Starts it.</summary>
    /// <param name="command">The program and its arguments.</param>
    public RunningSample(params IEnumerable<string> command)
    {
        // A shell that starts the tests in the background has them, and all they start, ignore SIGINT: set it back.
        string[] start = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : [.. command];
        _process = Process.Start(new ProcessStartInfo(start[0], start[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _error = _process.StandardError.ReadToEndAsync();
        _outputRead = ReadOutputAsync();
    }

    /// <summary>Waits for a line that has these words.</summary>
    public Task LineAsync(string words) => Eventually.TrueAsync(
        () => Lines().Any(line => line.Contains(words, StringComparison.Ordinal)), Deadline, $"the sample writes '{words}'");

    /// <summary>What Ctrl+C does.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>What a service's manager does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    public async Task<ProcessResult> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline);
        await _outputRead;
        return new ProcessResult(_process.ExitCode, string.Join('\n', Lines()), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        var kill = await ProcessRunner.RunAsync("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        _ = kill.EnsureSuccess();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
                _output.Add(line);
        }
    }

    private string[] Lines()
    {
        lock (_output)
            return [.. _output];
    }
}
