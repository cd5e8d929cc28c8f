using System.Text.Json.Serialization;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>A row of the report; its JSON names are what tools read.</summary>
internal sealed record ComparisonRow(
    string Name,
    string Unit,
    double Ours,
    double Peer,
    double Ratio,
    [property: JsonPropertyName("ours_bytes_per_op")] double OursBytesPerOperation,
    [property: JsonPropertyName("peer_bytes_per_op")] double PeerBytesPerOperation,
    double Goal,
    bool Met,
    [property: JsonIgnore] double OursMicroseconds,
    [property: JsonIgnore] double PeerMicroseconds)
{
    /// <summary>The row for the medians of the samples.</summary>
    public static ComparisonRow Of(Comparison comparison, IReadOnlyList<Sample> ours, IReadOnlyList<Sample> peer)
    {
        var (our, their) = (Median(ours, Value), Median(peer, Value));
        var ratio = comparison.RatioOf(our, their);
        var bytes = Median(ours, Bytes);
        return new ComparisonRow(
            comparison.Name,
            comparison.Unit,
            our,
            their,
            ratio,
            bytes,
            Median(peer, Bytes),
            comparison.Goal,
            ratio >= comparison.Goal && Math.Round(bytes) <= (comparison.BytesGoal ?? double.MaxValue),
            Median(ours, Microseconds),
            Median(peer, Microseconds));

        static double Value(Sample sample) => sample.Value;
        static double Bytes(Sample sample) => sample.Cost.Bytes;
        static double Microseconds(Sample sample) => sample.Cost.Microseconds;
    }

    private static double Median(IReadOnlyList<Sample> samples, Func<Sample, double> figure)
    {
        var sorted = samples.Select(figure).Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
