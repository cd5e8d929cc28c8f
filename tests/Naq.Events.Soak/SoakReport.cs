using System.Globalization;
using System.Text;

namespace Naq.Events.Soak;

/// <summary>What a soak has found.</summary>
internal sealed class SoakReport
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _broken = [];

    /// <summary>The promises that did not hold.</summary>
    public IReadOnlyList<string> Broken => _broken;

    public void Say(string what, FormattableString value) => _text.AppendLine(CultureInfo.InvariantCulture, $"{what,-28} {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Says a number that is promised to be none.</summary>
    public void SayNone(string what, long count, IEnumerable<string>? shown = null)
    {
        Say(what, $"{count:N0}");
        if (count == 0)
            return;

        _broken.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {count}, and none is promised"));
        foreach (var line in shown ?? [])
            _text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
    }

    /// <summary>Says times in milliseconds.</summary>
    public void SayTimes(string what, IReadOnlyList<int> times)
    {
        var sorted = times.Order().ToArray();
        if (sorted.Length > 0)
            Say(what, $"p50 {sorted[sorted.Length / 2]:N0} ms, p99 {sorted[(int)(sorted.Length * 0.99)]:N0} ms, most {sorted[^1]:N0} ms");
    }

    public override string ToString() => _text
        + (_broken.Count == 0 ? "every promise held" : $"BROKEN: {string.Join("; ", _broken)}");
}
