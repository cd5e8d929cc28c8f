using System.Text.RegularExpressions;
using Naq.Events.Testing;

namespace Naq.Events.Docs.Tests;

/// <summary>The tests that docs/faults.md names exist.</summary>
public sealed partial class FaultPageTests
{
    [Fact]
    public void Every_fault_names_tests_that_exist()
    {
        var root = RepositoryRoot.Find();
        var rows = File.ReadAllLines(Path.Combine(root, "docs", "faults.md")).Where(static line => line.StartsWith("| ", StringComparison.Ordinal));
        var named = rows.Select(static row => row.Split('|')[^2]).SelectMany(static cell => TestName().Matches(cell).Select(static name => name.Groups[1].Value)).ToList();
        var tests = string.Concat(Directory.GetFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.True(named.Count >= 15);
        Assert.All(named, name => Assert.Contains($" {name}(", tests, StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex TestName();
}
