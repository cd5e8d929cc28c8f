using System.Globalization;

namespace Naq.Events.Benchmarks.Growth;

/// <summary>The figures as comma-separated values.</summary>
internal static class GrowthTable
{
    public const string Head = "row,unit,events,ours,peer,ratio";

    public static string LineOf(GrowthPoint point)
    {
        var ratio = point.Unit.EndsWith("/s", StringComparison.Ordinal) ? point.Ours / point.Peer : point.Peer / point.Ours;
        return string.Create(
            CultureInfo.InvariantCulture, $"{point.Row},{point.Unit},{point.Events},{point.Ours:0.###},{point.Peer:0.###},{ratio:0.##}");
    }

    public static void Save(IReadOnlyList<GrowthPoint> points, string file) =>
        File.WriteAllText(file, string.Join('\n', points.Select(LineOf).Prepend(Head)) + "\n");
}
