using System.Globalization;

namespace Naq.Events.Benchmarks.Scale;

/// <summary>What was measured at one size.</summary>
internal sealed record ScalePoint(long Events, long Jobs)
{
    public const string CsvHead =
        "events,jobs,logged_per_s,server_mib,client_mib,job_p50_ms,job_p99_ms,count_type_ms,read_one_name_per_s,read_all_per_s,processed_per_s,restart_s";

    public const string Head =
        "| events | jobs | logged/s | server, MiB | client, MiB | job p50, ms | job p99, ms | count of a name, ms | one name read, /s | all read, /s | processed, /s | restart, s |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    public double LoggedPerSecond { get; init; }

    public double ServerMebibytes { get; init; }

    public double ClientMebibytes { get; init; }

    public double JobMedianMs { get; init; }

    public double JobPercentile99Ms { get; init; }

    public double CountTypeMs { get; init; }

    public double OneNamePerSecond { get; init; }

    public double AllPerSecond { get; init; }

    public double ProcessedPerSecond { get; init; }

    public double RestartSeconds { get; init; }

    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Events:N0} | {Jobs:N0} | {LoggedPerSecond:N0} | {ServerMebibytes:N0} | {ClientMebibytes:N0} | {JobMedianMs:F2} | {JobPercentile99Ms:F2} | {CountTypeMs:F0} | {OneNamePerSecond:N0} | {AllPerSecond:N0} | {ProcessedPerSecond:N0} | {RestartSeconds:F1} |");

    public string ToCsv() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Events},{Jobs},{LoggedPerSecond:F0},{ServerMebibytes:F0},{ClientMebibytes:F0},{JobMedianMs:F3},{JobPercentile99Ms:F3},{CountTypeMs:F1},{OneNamePerSecond:F0},{AllPerSecond:F0},{ProcessedPerSecond:F0},{RestartSeconds:F1}");
}
