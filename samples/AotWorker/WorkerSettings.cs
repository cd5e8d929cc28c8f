using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AotWorker;

/// <summary>What the command line, the environment or a settings file says of the work.</summary>
/// <param name="Jobs">How many invoices are rendered, then the worker waits for its end; 0 for no end.</param>
/// <param name="Concurrency">How many are rendered at once.</param>
/// <param name="Pause">How long each of these rests after an invoice; not at all is for measuring: more is logged than can be stored.</param>
/// <param name="HealthFile">Where the health is written; nowhere when it is empty.</param>
internal sealed record WorkerSettings(int Jobs, int Concurrency, TimeSpan Pause, string? HealthFile)
{
    /// <summary>Reads <c>--jobs</c>, <c>--concurrency</c>, <c>--pause</c> (milliseconds) and <c>--health-file</c>.</summary>
    public static WorkerSettings From(IConfiguration configuration) => new(
        Number(configuration, "jobs", whenMissing: 0),
        Number(configuration, "concurrency", whenMissing: 4),
        TimeSpan.FromMilliseconds(Number(configuration, "pause", whenMissing: 100)),
        configuration["health-file"]);

    private static int Number(IConfiguration configuration, string key, int whenMissing) => configuration[key] is not { } text
        ? whenMissing
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"The setting '{key}' is to be a whole number from 0, and is '{text}'.");
}
