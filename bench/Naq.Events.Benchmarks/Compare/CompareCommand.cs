using System.CommandLine;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>The command <c>compare</c>.</summary>
internal static class CompareCommand
{
    private const int Rounds = 9;
    private const int QuickRounds = 3;

    public static Command Create()
    {
        var json = new Option<FileInfo?>("--json") { Description = "A file for the table as JSON." };
        var filter = new Option<string?>("--filter") { Description = "Beginnings of names, divided by commas; all rows without it." };
        var quick = new Option<bool>("--quick") { Description = "A few seconds for each row, instead of half a minute." };
        var rounds = new Option<int?>("--rounds") { Description = $"How often each side is measured; {Rounds}, or {QuickRounds} when quick." };
        var command = new Command("compare", "Ours beside the peers that a user would otherwise choose.") { json, filter, quick, rounds };
        command.SetAction(async (parsed, _) =>
        {
            var names = parsed.GetValue(filter)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [""];
            var comparisons = new Comparisons();
            await using var ending = comparisons.ConfigureAwait(false);
            var chosen = comparisons.All().Where(row => names.Any(name => row.Name.StartsWith(name, StringComparison.Ordinal))).ToList();
            if (chosen.Count == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"No row begins so. There are: {string.Join(", ", comparisons.All().Select(row => row.Name))}.").ConfigureAwait(false);
                return 2;
            }

            var isQuick = parsed.GetValue(quick);
            var rows = await RunAsync(chosen, isQuick, parsed.GetValue(rounds) ?? (isQuick ? QuickRounds : Rounds)).ConfigureAwait(false);
            if (parsed.GetValue(json) is { } file)
                ComparisonReport.Save(rows, file.FullName);

            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ComparisonRow>> RunAsync(IReadOnlyList<Comparison> comparisons, bool quick, int rounds)
    {
        var rows = new List<ComparisonRow>();
        ComparisonReport.PrintHead(Console.Out);
        foreach (var comparison in comparisons)
        {
            await using (comparison.ConfigureAwait(false))
            {
                await comparison.PrepareAsync(quick).ConfigureAwait(false);
                var row = await Turns.MeasureAsync(comparison, rounds).ConfigureAwait(false);
                ComparisonReport.Print(row, Console.Out);
                rows.Add(row);
            }
        }

        return rows;
    }
}
