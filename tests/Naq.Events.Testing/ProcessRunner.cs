using System.Diagnostics;
using System.Text;

namespace Naq.Events.Testing;

/// <summary>Runs a process to its end, or kills it and all it started.</summary>
public static class ProcessRunner
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    // A build server left behind by "dotnet" inherits the pipes and would keep them open long after the process ended.
    private static readonly TimeSpan PipesAfterExit = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program and collects what it writes.</summary>
    /// <param name="file">A path, or a name that PATH resolves.</param>
    /// <param name="arguments">Passed as they are: no shell takes part.</param>
    /// <param name="workingDirectory">The repository's root by default.</param>
    /// <param name="timeout">Two minutes by default.</param>
    /// <param name="environment">Set on top of this process's own; a null value removes a variable.</param>
    /// <param name="cancellationToken">Kills the process, too.</param>
    /// <exception cref="TimeoutException">The process was killed; the message holds what it had written.</exception>
    public static async Task<ProcessResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = StartInfo(file, arguments, workingDirectory, environment) };
        process.Start();
        process.StandardInput.Close();
        var output = new StringBuilder();
        var error = new StringBuilder();
        var pipes = Task.WhenAll(CollectAsync(process.StandardOutput, output), CollectAsync(process.StandardError, error));

        var limit = timeout ?? DefaultTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(
                $"{file} was killed after {limit.TotalSeconds:0.#} s.\n{TextOf(output)}\n{TextOf(error)}");
        }

        await pipes.WaitAsync(PipesAfterExit, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new ProcessResult(process.ExitCode, TextOf(output), TextOf(error));
    }

    private static ProcessStartInfo StartInfo(
        string file,
        IEnumerable<string> arguments,
        string? workingDirectory,
        IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingDirectory ?? RepositoryRoot.Find(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task CollectAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
