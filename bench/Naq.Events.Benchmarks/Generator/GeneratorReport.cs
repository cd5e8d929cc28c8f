using System.Globalization;
using System.Text.Json;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>Ours beside its peer, measured in turn within one process.</summary>
internal sealed record GeneratorRow(string Name, Measurement Ours, Measurement Peer)
{
    public double TimeRatio => Ours.Milliseconds / Peer.Milliseconds;

    public double AllocationRatio => Ours.Mebibytes / Peer.Mebibytes;
}

/// <summary>The rows of a benchmark. Ratios below 1 are ours.</summary>
internal sealed record GeneratorReport(string Title, int Rounds, IReadOnlyList<GeneratorRow> Rows)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Print(TextWriter writer)
    {
        writer.WriteLine(FormattableString.Invariant($"{Title} (medians of {Rounds} rounds; fastest to slowest in brackets)"));
        writer.WriteLine();
        writer.WriteLine("| what | ours, ms | peer, ms | ratio | ours, MiB | peer, MiB | ratio |");
        writer.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in Rows)
        {
            writer.WriteLine(
                $"| {row.Name} | {Time(row.Ours)} | {Time(row.Peer)} | {Number(row.TimeRatio, "F2")} "
                + $"| {Number(row.Ours.Mebibytes, "F1")} | {Number(row.Peer.Mebibytes, "F1")} "
                + $"| {Number(row.AllocationRatio, "F2")} |");
        }
    }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(
        new
        {
            title = Title,
            rounds = Rounds,
            rows = Rows.Select(row => new
            {
                name = row.Name,
                oursMs = row.Ours.Milliseconds,
                peerMs = row.Peer.Milliseconds,
                timeRatio = row.TimeRatio,
                oursMiB = row.Ours.Mebibytes,
                peerMiB = row.Peer.Mebibytes,
                allocationRatio = row.AllocationRatio,
            }),
        },
        Indented));

    private static string Time(Measurement measurement) =>
        $"{Number(measurement.Milliseconds, "F1")} ({Number(measurement.Fastest, "F0")}–{Number(measurement.Slowest, "F0")})";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
