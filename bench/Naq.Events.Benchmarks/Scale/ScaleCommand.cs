using System.CommandLine;
using System.Globalization;

namespace Naq.Events.Benchmarks.Scale;

/// <summary>The command <c>scale</c>: one stream with millions of jobs; what it costs the server and us.</summary>
internal static class ScaleCommand
{
    private const string DefaultSizes = "1000000,3000000,10000000";

    public static Command Create()
    {
        var sizes = new Option<string>("--events")
        {
            Description = "How many events are in the stream when it is measured, growing, divided by commas.",
            DefaultValueFactory = static _ => DefaultSizes,
        };
        var eventsPerJob = new Option<int>("--events-per-job")
        {
            Description = "The events of each job, 1 to 10, each of another name and so with a subject of its own.",
            DefaultValueFactory = static _ => ScaleStream.Names.Length,
        };
        var csv = new Option<FileInfo?>("--csv") { Description = "A file for the table as comma-separated values." };
        var command = new Command("scale", "One stream with millions of jobs: memory of server and client, rates, queries, a restart.") { sizes, eventsPerJob, csv };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var points = new List<ScalePoint>();
            var stream = await ScaleStream.StartAsync(Math.Clamp(parsed.GetValue(eventsPerJob), 1, ScaleStream.Names.Length)).ConfigureAwait(false);
            await using var ending = stream.ConfigureAwait(false);
            Console.WriteLine(ScalePoint.Head);
            foreach (var size in parsed.GetRequiredValue(sizes).Split(','))
            {
                points.Add(await new ScaleMeasurement(stream).RunAsync(int.Parse(size, CultureInfo.InvariantCulture)).ConfigureAwait(false));
                Console.WriteLine(points[^1].ToRow());
            }

            if (parsed.GetValue(csv) is { } file)
                await File.WriteAllLinesAsync(file.FullName, points.Select(static point => point.ToCsv()).Prepend(ScalePoint.CsvHead), cancellationToken).ConfigureAwait(false);

            return 0;
        });
        return command;
    }
}
