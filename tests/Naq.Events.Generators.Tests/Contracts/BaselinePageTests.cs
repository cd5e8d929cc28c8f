using System.Text.RegularExpressions;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Tests.Rules;
using Naq.Events.Testing;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The pages of the rules about baselines, each of which shows the baseline that its code breaks.</summary>
public sealed partial class BaselinePageTests
{
    public static TheoryData<string> Ids => [.. new EventBaselineAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheWrongCodeBreaksTheRule(string id) => Assert.Equal(
        id, Assert.Single(await BaselineCheck.Analyze(RulePageTests.Code(id, 0), Baselines(id).First(), "")).Id);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheRightCodeDoesNot(string id) =>
        Assert.Empty(await BaselineCheck.Analyze(RulePageTests.Code(id, 1), Baselines(id).Last(), ""));

    private static List<string> Baselines(string id)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "rules", id + ".md"));
        return [.. TextBlock().Matches(page).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();
}
