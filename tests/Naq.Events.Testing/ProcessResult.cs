namespace Naq.Events.Testing;

/// <summary>How a process ended, and all that it wrote.</summary>
/// <param name="ExitCode">Zero for success, by custom.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>This result, when the process succeeded.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not zero; the message holds what the process wrote.</exception>
    public ProcessResult EnsureSuccess() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"Exit code {ExitCode}.\n{Output}\n{Error}");
}
