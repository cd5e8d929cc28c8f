using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Naq.Events.Benchmarks.Growth;

/// <summary>Draws how a figure changes as the stream grows. Sizes are on a logarithmic axis, and so are times; rates begin at zero.</summary>
internal sealed class GrowthPlot
{
    private const int Width = 760;
    private const int Height = 420;

    private readonly Plot _plot = new();
    private readonly bool _isTime;
    private readonly List<double> _values = [];
    private readonly SortedSet<int> _sizes = [];

    public GrowthPlot(string title, string unit)
    {
        _isTime = !unit.EndsWith("/s", StringComparison.Ordinal);
        _plot.Title(title);
        _plot.XLabel("events in the stream");
        _plot.YLabel(unit);
        _plot.Font.Set("DejaVu Sans");
    }

    public void Add(string label, IEnumerable<(int Events, double Value)> points)
    {
        var line = points.OrderBy(static point => point.Events).ToList();
        _values.AddRange(line.Select(static point => point.Value));
        _sizes.UnionWith(line.Select(static point => point.Events));
        var scatter = _plot.Add.Scatter(
            line.Select(static point => Math.Log10(point.Events)).ToArray(), line.Select(point => _isTime ? Math.Log10(point.Value) : point.Value).ToArray());
        scatter.LegendText = label;
        scatter.LineWidth = 2;
        scatter.MarkerSize = 7;
    }

    public void Save(string file)
    {
        _plot.Axes.Bottom.TickGenerator = Ticks(_sizes.Select(static size => (Math.Log10(size), size.ToString("N0", CultureInfo.InvariantCulture))));
        if (_isTime)
        {
            var (lowest, highest) = ((int)Math.Floor(Math.Log10(_values.Min())), (int)Math.Ceiling(Math.Log10(_values.Max())));
            _plot.Axes.Left.TickGenerator = Ticks(
                Enumerable.Range(lowest, highest - lowest + 1).Select(static power => ((double)power, Math.Pow(10, power).ToString(CultureInfo.InvariantCulture))));
            _plot.Axes.SetLimitsY(lowest, highest);
        }
        else
        {
            _plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = static value => value.ToString("N0", CultureInfo.InvariantCulture) };
            _plot.Axes.SetLimitsY(0, _values.Max() * 1.1);
        }

        _ = _plot.ShowLegend(Edge.Bottom);
        _ = _plot.SaveSvg(file, Width, Height);
    }

    private static NumericManual Ticks(IEnumerable<(double Position, string Label)> ticks)
    {
        var generator = new NumericManual();
        foreach (var (position, label) in ticks)
            generator.AddMajor(position, label);

        return generator;
    }
}
