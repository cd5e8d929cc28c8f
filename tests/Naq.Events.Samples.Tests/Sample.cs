using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

/// <summary>The quickstart, run as its users run it: as a process.</summary>
internal static class Sample
{
    /// <summary>The program that was built with these tests, in the same configuration.</summary>
    public static string Program { get; } = Path.Combine(
        RepositoryRoot.Find(), "samples", "Quickstart", "bin", Configuration(), "net10.0", "Quickstart.dll");

    public static Task<ProcessResult> RunAsync(params IEnumerable<string> arguments) =>
        RunInAsync(RepositoryRoot.Find(), arguments);

    public static Task<ProcessResult> RunInAsync(string workingDirectory, params IEnumerable<string> arguments) =>
        ProcessRunner.RunAsync(
            "dotnet", [Program, .. arguments], workingDirectory, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Runs it on a pseudo-terminal; the command "script" of Linux and macOS makes one.</summary>
    public static Task<ProcessResult> RunOnTerminalAsync(params IEnumerable<string> arguments)
    {
        string[] command = ["dotnet", Program, .. arguments];
        string[] script = OperatingSystem.IsLinux()
            ? ["--quiet", "--return", "--command", string.Join(' ', command.Select(word => $"'{word}'")), "/dev/null"]
            : ["-q", "/dev/null", .. command];
        return ProcessRunner.RunAsync(
            "script",
            script,
            environment: new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["CI"] = null },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
