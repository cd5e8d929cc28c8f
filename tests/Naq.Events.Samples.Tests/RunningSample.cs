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

    public RunningSample(params IEnumerable<string> arguments)
    {
        // A shell that starts the tests in the background has them, and all they start, ignore SIGINT: set it back.
        string[] start = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        _process = Process.Start(new ProcessStartInfo(start[0], [.. start[1..], Sample.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _error = _process.StandardError.ReadToEndAsync();
        _outputRead = ReadOutputAsync();
    }

    /// <summary>Waits for a line that begins so.</summary>
    public Task LineAsync(string start) => Eventually.TrueAsync(
        () => Lines().Any(line => line.StartsWith(start, StringComparison.Ordinal)), Deadline, $"the sample writes '{start}...'");

    /// <summary>What Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        var kill = await ProcessRunner.RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        _ = kill.EnsureSuccess();
    }

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
