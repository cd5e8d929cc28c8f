using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class AddJobIdFixTests
{
    [Theory]
    [InlineData("public static partial JobEvent {|NAQ0004:X|}();", "public static partial JobEvent X(string jobId);")]
    [InlineData("public static partial JobEvent {|NAQ0004:X|}(int size);", "public static partial JobEvent X(string jobId, int size);")]
    [InlineData(
        "public static partial void {|NAQ0004:X|}(this IJobEventLogger logger, int size);",
        "public static partial void X(this IJobEventLogger logger, string jobId, int size);")]
    public Task AddsTheParameter(string method, string fixedMethod) =>
        FixCheck.Fixes<JobEventMethodAnalyzer, AddJobIdFix>(In(method), In(fixedMethod));

    private static string In(string method) => $$"""
        internal static partial class Events
        {
            [JobEvent("x")]
            {{method}}
        }
        """;
}
