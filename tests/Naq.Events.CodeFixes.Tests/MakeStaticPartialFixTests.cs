using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class MakeStaticPartialFixTests
{
    [Theory]
    [InlineData("public JobEvent {|NAQ0001:X|}(string jobId);", "public static partial JobEvent X(string jobId);")]
    [InlineData("public static JobEvent {|NAQ0001:X|}(string jobId);", "public static partial JobEvent X(string jobId);")]
    [InlineData("internal partial void {|NAQ0001:X|}(IJobEventLogger l, string jobId);", "internal static partial void X(IJobEventLogger l, string jobId);")]
    [InlineData("static partial JobEvent {|NAQ0001:X|}(string jobId);", "private static partial JobEvent X(string jobId);")]
    [InlineData("public static JobEvent {|NAQ0001:X|}(string jobId) => null;", "public static partial JobEvent X(string jobId);")]
    [InlineData("public static JobEvent {|NAQ0001:X|}(string jobId) { return null; }", "public static partial JobEvent X(string jobId);")]
    public Task MakesTheMethodADeclaration(string method, string fixedMethod) =>
        FixCheck.Fixes<JobEventMethodAnalyzer, MakeStaticPartialFix>(In(method), In(fixedMethod));

    private static string In(string method) => $$"""
        internal partial class Events
        {
            /// <summary>Documented.</summary>
            [JobEvent("x")]
            {{method}}
        }
        """;
}
