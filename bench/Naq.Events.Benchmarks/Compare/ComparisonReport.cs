using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>The table, for people and for machines.</summary>
internal static partial class ComparisonReport
{
    public static void PrintHead(TextWriter writer)
    {
        writer.WriteLine("| name | unit | ours | peer | ratio | goal | ours, B/op | peer, B/op |");
        writer.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    public static void Print(ComparisonRow row, TextWriter writer) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| `{row.Name}` | {row.Unit} | {Figure(row.Ours)} | {Figure(row.Peer)} | {row.Ratio:F2} | {row.Goal}{(row.Met ? "" : ", missed")} "
        + $"| {row.OursBytesPerOperation:F0} | {row.PeerBytesPerOperation:F0} |"));

    public static void Save(IReadOnlyList<ComparisonRow> rows, string file) =>
        File.WriteAllText(file, JsonSerializer.Serialize(rows, Json.Default.IReadOnlyListComparisonRow) + "\n");

    private static string Figure(double value) => value.ToString(value >= 1000 ? "N0" : value >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(IReadOnlyList<ComparisonRow>))]
    private sealed partial class Json : JsonSerializerContext;
}
