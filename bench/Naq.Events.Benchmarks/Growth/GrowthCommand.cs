using System.CommandLine;
using System.Globalization;
using Naq.Events.Benchmarks.Compare;
using Naq.Events.Benchmarks.Compare.Querying;

namespace Naq.Events.Benchmarks.Growth;

/// <summary>The command <c>growth</c>: what is asked of the past, as the past grows.</summary>
internal static class GrowthCommand
{
    private const int DefaultRounds = 3;
    private const string DefaultSizes = "10000,30000,100000,300000,1000000";

    private static readonly string[] Rows = ["query.job", "query.job.naive", "query.scan", "query.filter"];

    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out") { Description = "The directory for growth.csv and the plots.", Required = true };
        var sizes = new Option<string>("--events")
        {
            Description = "How many events are in the stream, divided by commas; in tens.",
            DefaultValueFactory = static _ => DefaultSizes,
        };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = static _ => DefaultRounds };
        var command = new Command("growth", "Queries beside their peers, in streams of growing size, as a table and plots.") { output, sizes, rounds };
        command.SetAction(async (parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output);
            directory.Create();
            Console.WriteLine(GrowthTable.Head);
            var points = new List<GrowthPoint>();
            foreach (var size in parsed.GetRequiredValue(sizes).Split(','))
                points.AddRange(await MeasureAsync(int.Parse(size, CultureInfo.InvariantCulture), parsed.GetValue(rounds)).ConfigureAwait(false));

            GrowthTable.Save(points, Path.Combine(directory.FullName, "growth.csv"));
            Draw(points, directory.FullName);
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<GrowthPoint>> MeasureAsync(int events, int rounds)
    {
        var history = new History(events / History.Names.Length);
        await using var ending = history.ConfigureAwait(false);
        var points = new List<GrowthPoint>();
        foreach (var comparison in HistoryRows.Of(history).Where(static row => Rows.Contains(row.Name)))
        {
            await comparison.PrepareAsync(quick: false).ConfigureAwait(false);
            var row = await Turns.MeasureAsync(comparison, rounds).ConfigureAwait(false);
            points.Add(new GrowthPoint(row.Name, row.Unit, history.Events, row.Ours, row.Peer));
            Console.WriteLine(GrowthTable.LineOf(points[^1]));
        }

        return points;
    }

    private static void Draw(IReadOnlyList<GrowthPoint> points, string directory)
    {
        var job = new GrowthPlot("query.job: ten events of one job, median", "ms");
        job.Add("ours", Of("query.job", static point => point.Ours));
        job.Add("consumer, fetch of exactly its pending count", Of("query.job", static point => point.Peer));
        job.Add("consumer, fetch of 100", Of("query.job.naive", static point => point.Peer));
        job.Save(Path.Combine(directory, "query.job.svg"));

        var scan = new GrowthPlot("query.scan: every event", "events/s");
        scan.Add("ours, decoded", Of("query.scan", static point => point.Ours));
        scan.Add("consume, payloads untouched", Of("query.scan", static point => point.Peer));
        scan.Save(Path.Combine(directory, "query.scan.svg"));

        var filter = new GrowthPlot("query.filter: a queue that one job in a hundred has", "events/s");
        filter.Add("ours", Of("query.filter", static point => point.Ours));
        filter.Add("consume, deserialize, compare", Of("query.filter", static point => point.Peer));
        filter.Save(Path.Combine(directory, "query.filter.svg"));

        IEnumerable<(int Events, double Value)> Of(string row, Func<GrowthPoint, double> value) =>
            points.Where(point => point.Row == row).Select(point => (point.Events, value(point)));
    }
}
