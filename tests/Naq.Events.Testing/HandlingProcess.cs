using System.Diagnostics;
using System.Globalization;

namespace Naq.Events.Testing;

/// <summary>Handles numbered events with a durable processor.</summary>
/// <param name="url">The server.</param>
/// <param name="processor">The processor's durable name.</param>
/// <param name="stuck">The number whose handler never ends; -1 for none.</param>
/// <param name="maxDeliver">How often an event is tried.</param>
/// <param name="poison">One event in so many fails each time: those whose number it divides; 0 for none.</param>
public sealed class HandlingProcess(string url, string processor, int stuck = -1, int maxDeliver = 5, int poison = 0)
    : KilledProcess(new ProcessStartInfo("dotnet", [Program, "handle", url, processor, $"{stuck}", $"{maxDeliver}", $"{poison}"]))
{
    private readonly Lock _lock = new();
    private readonly List<int> _handled = [];
    private int _stuck = -1;

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

    protected override void Heard(string line)
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
