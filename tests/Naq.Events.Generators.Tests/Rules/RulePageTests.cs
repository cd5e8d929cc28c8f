using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Testing;

namespace Naq.Events.Generators.Tests.Rules;

/// <summary>Each rule has a page; the wrong code of the page breaks the rule, and only it, and the right code does not.</summary>
public sealed partial class RulePageTests
{
    // The rules about contracts have tests of their own: a page of another rule need not declare the events it handles.
    private static readonly DiagnosticAnalyzer[] OfContracts = Contracts.ContractPageTests.Analyzers;

    public static TheoryData<string> Ids =>
    [
        .. new JobEventMethodAnalyzer().SupportedDiagnostics.Concat(new JobEventHandlerAnalyzer().SupportedDiagnostics)
            .Select(rule => rule.Id).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheWrongCodeBreaksTheRule(string id)
    {
        var reported = await GeneratorRun.Of(Code(id, 0)).Analyze();
        Assert.NotEmpty(reported);
        Assert.All(reported, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public Task TheRightCodeDoesNot(string id) => RuleCheck.Passes("#pragma warning disable CS1591\n" + Code(id, 1));

    [Fact]
    public void EveryPageBelongsToARule() => Assert.Equal(
        Ids.Select(row => row.Data)
            .Concat(OfContracts.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id))
            .Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder(), "NAQ*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    internal static string Code(string id, int index) =>
        CodeBlock().Matches(File.ReadAllText(Path.Combine(Folder(), id + ".md")))[index].Groups[1].Value;

    private static string Folder() => Path.Combine(RepositoryRoot.Find(), "docs", "rules");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
