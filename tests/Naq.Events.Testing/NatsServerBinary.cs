using System.Collections.Concurrent;

namespace Naq.Events.Testing;

/// <summary>Where the server's program is: eng/nats-server.sh knows, and is asked once a process for each version.</summary>
internal static class NatsServerBinary
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(5);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Paths = new();

    public static Task<string> FindAsync(string version) =>
        Paths.GetOrAdd(version, static key => new Lazy<Task<string>>(() => AskAsync(key))).Value;

    private static async Task<string> AskAsync(string version)
    {
        var script = Path.Combine(RepositoryRoot.Find(), "eng", "nats-server.sh");
        var result = await ProcessRunner.RunAsync("bash", [script, version], timeout: FetchTimeout).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException(result.Error);
    }
}
