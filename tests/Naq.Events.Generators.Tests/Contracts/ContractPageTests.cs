using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Tests.Rules;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The pages of the rules about contracts: the wrong code breaks the rule, and only it, and the right code does not.</summary>
public sealed class ContractPageTests
{
    internal static readonly DiagnosticAnalyzer[] Analyzers =
        [new EventShapeAnalyzer(), new HandlerContractAnalyzer(), new EventBaselineAnalyzer()];

    public static TheoryData<string> Ids =>
        [.. Analyzers.Where(analyzer => analyzer is not EventBaselineAnalyzer).SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct()];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheWrongCodeBreaksTheRule(string id)
    {
        var run = GeneratorRun.Of(RulePageTests.Code(id, 0));
        var reported = await run.Analyze(Analyzers);
        Assert.NotEmpty(reported);
        Assert.All(reported, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Empty(await run.Analyze());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheRightCodeDoesNot(string id)
    {
        var run = GeneratorRun.Of("#pragma warning disable CS1591\n" + RulePageTests.Code(id, 1));
        _ = run.Load();
        Assert.Empty(await run.Analyze(Analyzers));
        Assert.Empty(await run.Analyze());
    }
}
