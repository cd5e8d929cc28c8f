using System.Globalization;
using System.Text.RegularExpressions;
using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

/// <summary>The quickstart, run as its users run it: as a process.</summary>
internal static partial class Sample
{
    /// <summary>The program that was built with these tests, in the same configuration.</summary>
    public static string Program { get; } = Path.Combine(
        RepositoryRoot.Find(), "samples", "Quickstart", "bin", Configuration(), "net10.0", "Quickstart.dll");

    public static Task<ProcessResult> RunAsync(params IEnumerable<string> arguments) => RunInAsync(RepositoryRoot.Find(), arguments);

    public static Task<ProcessResult> RunInAsync(string workingDirectory, params IEnumerable<string> arguments) => ProcessRunner.RunAsync(
        "dotnet", [Program, .. arguments], workingDirectory, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The table of counts: for each event what was logged, stored and handled.</summary>
    public static Dictionary<string, (long Logged, long Stored, long Handled)> CountsIn(string output) => CountsRow().Matches(output).ToDictionary(
        row => row.Groups["event"].Value,
        row => (Number(row.Groups["logged"]), Number(row.Groups["stored"]), Number(row.Groups["handled"])));

    /// <summary>The service of the run: its own, so that its events can be told from those of other runs.</summary>
    public static string ServiceIn(string output) => SubjectsLine().Match(output).Groups["service"].Value;

    private static long Number(Group group) => long.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    [GeneratedRegex("^[│|] (?<event>[a-z_]+) +[│|] +(?<logged>[0-9,]+) [│|] +(?<stored>[0-9,]+) [│|] +(?<handled>[0-9,]+) [│|]", RegexOptions.Multiline)]
    private static partial Regex CountsRow();

    [GeneratedRegex(@"^Subjects: naq\.events\.dev\.(?<service>[A-Za-z0-9_-]+)\.", RegexOptions.Multiline)]
    private static partial Regex SubjectsLine();
}
