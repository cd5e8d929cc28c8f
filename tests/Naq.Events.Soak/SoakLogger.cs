using System.Diagnostics;
using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>A process that logs.</summary>
/// <param name="name">The beginning of its jobs' ids.</param>
/// <param name="arguments">As its role says.</param>
internal sealed class SoakLogger(string name, params string[] arguments)
    : KilledProcess(new ProcessStartInfo("dotnet", [Program, "soak-log", .. arguments]))
{
    private int _logged;

    public string Name => name;

    /// <summary>How many log calls have returned, at the least.</summary>
    public int Logged => Volatile.Read(ref _logged);

    /// <summary>What it gave up; told at its end.</summary>
    public long Lost { get; private set; }

    public int Id => Process.Id;

    protected override void Heard(string line)
    {
        var count = int.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        if (line.StartsWith("logged", StringComparison.Ordinal))
            Volatile.Write(ref _logged, count);
        else
            Lost = count;
    }
}
