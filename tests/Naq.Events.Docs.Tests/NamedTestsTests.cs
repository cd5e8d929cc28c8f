using System.Text.RegularExpressions;
using Naq.Events.Testing;

namespace Naq.Events.Docs.Tests;

/// <summary>The tests that pages name as their proof exist.</summary>
public sealed partial class NamedTestsTests
{
    [Theory]
    [InlineData("faults.md", 15)]
    [InlineData("guarantees.md", 15)]
    public void Every_row_of_a_page_names_tests_that_exist(string page, int atLeast)
    {
        var root = RepositoryRoot.Find();
        var rows = File.ReadAllLines(Path.Combine(root, "docs", page)).Where(static line => line.StartsWith("| ", StringComparison.Ordinal));
        var named = rows.Select(static row => row.Split('|')[^2]).SelectMany(static cell => TestName().Matches(cell).Select(static name => name.Groups[1].Value)).ToList();
        var tests = string.Concat(Directory.GetFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories).Where(HasTests).Select(File.ReadAllText));

        Assert.True(named.Count >= atLeast);
        Assert.All(named, name => Assert.Contains($" {name}(", tests, StringComparison.Ordinal));
    }

    private static bool HasTests(string path) =>
        Path.GetFileName(path).Contains("Tests.", StringComparison.Ordinal) || path.Contains("Contract.", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex TestName();
}
