using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class CorrectPlaceholderFixTests
{
    [Fact]
    public Task PutsInTheNearestName() => FixCheck.Fixes<JobEventMethodAnalyzer, CorrectPlaceholderFix>(
        In("\"{{|NAQ0006:JobId|}} has {{|NAQ0006:parcel|}:D3}\""), In("\"{jobId} has {parcels:D3}\""));

    /// <summary>With escapes the place of the name in the source is not known, so nothing is offered.</summary>
    [Fact]
    public Task LeavesATemplateWithEscapesAlone()
    {
        var source = In("{|NAQ0006:\"\\t{parcel}\"|}");
        return FixCheck.Fixes<JobEventMethodAnalyzer, CorrectPlaceholderFix>(source, source);
    }

    private static string In(string template) => $$"""
        internal static partial class Events
        {
            [JobEvent("x", {{template}})]
            public static partial JobEvent X(string jobId, int parcels);
        }
        """;
}
