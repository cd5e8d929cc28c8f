using System.Globalization;
using System.Text.RegularExpressions;
using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

/// <summary>What the report of a run says, and what it must say about a folder.</summary>
internal static partial class Report
{
    private const int Attempts = 3;

    /// <summary>The table of counts: for each event what was logged, stored and handled.</summary>
    public static Dictionary<string, (long Logged, long Stored, long Handled)> CountsIn(string output) =>
        CountsRow().Matches(output).ToDictionary(
            row => row.Groups["event"].Value,
            row => (Number(row.Groups["logged"]), Number(row.Groups["stored"]), Number(row.Groups["handled"])));

    /// <summary>The service of the run: its own, so that its events can be told from those of other runs.</summary>
    public static string ServiceIn(string output) => SubjectsLine().Match(output).Groups["service"].Value;

    public static void IsComplete(ProcessResult run, JobFolder folder)
    {
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        var counts = CountsIn(run.Output);
        var expected = ExpectedCounts(folder);
        Assert.Equal(
            expected.Select(count => (count.Key, (count.Value, count.Value, count.Value))).Order(),
            counts.Where(count => count.Key != "all").Select(count => (count.Key, count.Value)).Order());

        var all = expected.Values.Sum();
        Assert.Equal((all, all, all), counts["all"]);
        Says($"Equal: {all:N0} events logged, stored and handled.");

        var bytes = folder.Readable.Values.Sum(content => content.LongLength);
        var contents = folder.Readable.Values.Select(JobFolder.Sha256).Distinct().Count();
        Says($"{bytes:N0} bytes, {contents:N0} different contents.");

        void Says(FormattableString text) =>
            Assert.Contains(FormattableString.Invariant(text), run.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, long> ExpectedCounts(JobFolder folder)
    {
        long good = folder.Readable.Count, bad = folder.Unreadable.Count;
        var counts = new Dictionary<string, long>
        {
            ["enqueued"] = good + bad,
            ["dequeued"] = good + (Attempts * bad),
            ["started"] = good + (Attempts * bad),
            ["file_hashed"] = good,
            ["completed"] = good,
        };
        if (bad > 0)
        {
            counts["failed"] = Attempts * bad;
            counts["retry_scheduled"] = (Attempts - 1) * bad;
            counts["max_retries_exceeded"] = bad;
        }

        return counts;
    }

    private static long Number(Group group) => long.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^│ (?<event>[a-z_]+) +│ +(?<logged>[0-9,]+) │ +(?<stored>[0-9,]+) │ +(?<handled>[0-9,]+) │", RegexOptions.Multiline)]
    private static partial Regex CountsRow();

    [GeneratedRegex(@"^Subjects: naq\.events\.dev\.(?<service>[A-Za-z0-9_-]+)\.", RegexOptions.Multiline)]
    private static partial Regex SubjectsLine();
}
