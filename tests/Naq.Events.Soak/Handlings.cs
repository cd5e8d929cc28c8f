using System.Globalization;

namespace Naq.Events.Soak;

/// <summary>What the processes of one processor have said that they handled.</summary>
internal sealed class Handlings
{
    private const int ShownProblems = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _latest = [];
    private readonly Dictionary<string, int> _failed = [];
    private readonly List<int> _times = [];
    private readonly List<string> _problems = [];
    private bool[] _seen = new bool[65_536];

    /// <summary>Different events.</summary>
    public int Count { get; private set; }

    /// <summary>Handlings of an event that had been handled.</summary>
    public int Repeated { get; private set; }

    /// <summary>
    /// Events whose first delivery was handled after a later event of their job, and those that were handled while an earlier one of their job waited for its next try.
    /// </summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Events whose first delivery was lost on its way, and that were handled after a later event of their job.</summary>
    public int Late { get; private set; }

    /// <summary>From the log call to the first time that each was handled, in milliseconds.</summary>
    public IReadOnlyList<int> Times
    {
        get
        {
            lock (_lock)
                return [.. _times];
        }
    }

    /// <summary>The first few that were out of order.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes <c>handled</c> or <c>failed</c>, and <c>sequence delivery milliseconds number job</c>.</summary>
    public void Add(string line)
    {
        var words = line.Split(' ');
        var number = int.Parse(words[4], CultureInfo.InvariantCulture);
        lock (_lock)
        {
            var sequence = int.Parse(words[1], CultureInfo.InvariantCulture);
            if (words[0] == "failed")
            {
                // One that was handled before comes again where the server has forgotten it.
                if (!Has((ulong)sequence))
                    _failed[words[5]] = number;

                return;
            }

            if (!TrySee(sequence))
                return;

            Count++;
            _times.Add(int.Parse(words[3], CultureInfo.InvariantCulture));
            LookAtOrder(words[5], number, isFirst: words[2] == "1", line);
        }
    }

    private bool TrySee(int sequence)
    {
        if (sequence >= _seen.Length)
            Array.Resize(ref _seen, Math.Max(sequence + 1, _seen.Length * 2));

        if (_seen[sequence])
        {
            Repeated++;
            return false;
        }

        return _seen[sequence] = true;
    }

    private void LookAtOrder(string job, int number, bool isFirst, string line)
    {
        var latest = _latest.GetValueOrDefault(job, -1);
        var waiting = _failed.GetValueOrDefault(job, int.MaxValue);
        if (number == waiting)
            _ = _failed.Remove(job);

        _latest[job] = Math.Max(number, latest);
        if (number > waiting || (number < latest && isFirst))
        {
            OutOfOrder++;
            if (_problems.Count < ShownProblems)
                _problems.Add($"{line}, after {latest}" + (number > waiting ? $", while {waiting} waits" : ""));
        }
        else if (number < latest)
        {
            Late++;
            if (_problems.Count < ShownProblems)
                _problems.Add($"{line}, after {latest}, late");
        }
    }

    public bool Has(ulong sequence)
    {
        lock (_lock)
            return sequence < (ulong)_seen.Length && _seen[sequence];
    }
}
