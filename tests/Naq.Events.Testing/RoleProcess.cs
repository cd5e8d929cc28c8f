using System.Diagnostics;

namespace Naq.Events.Testing;

/// <summary>Plays the role that its first argument names, and says what comes of it, line by line.</summary>
/// <param name="arguments">The role, and what it takes.</param>
/// <param name="environment">Variables on top of this process's own.</param>
public sealed class RoleProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    : KilledProcess(StartOf(arguments, environment ?? new Dictionary<string, string>()))
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>Waits for the line that begins so, and gives it.</summary>
    /// <param name="beginning">Its beginning.</param>
    public async Task<string> SaysAsync(string beginning)
    {
        await Eventually.TrueAsync(
            () => Find(beginning) is not null || (Process.HasExited ? throw new InvalidOperationException($"It ended: {Log}") : false),
            Patience,
            $"the process says '{beginning}'").ConfigureAwait(false);
        return Find(beginning)!;
    }

    /// <summary>Lets it go on from where it waits.</summary>
    public void GoOn() => Process.StandardInput.WriteLine();

    protected override void Heard(string line)
    {
        lock (_lock)
            _lines.Add(line);
    }

    private static ProcessStartInfo StartOf(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return start;
    }

    private string? Find(string beginning)
    {
        lock (_lock)
            return _lines.Find(line => line.StartsWith(beginning, StringComparison.Ordinal));
    }
}
