using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class ChangeReturnTypeFixTests
{
    [Theory]
    [InlineData("public static partial Task {|NAQ0003:X|}(IJobEventLogger l, string jobId);", "public static partial ValueTask X(IJobEventLogger l, string jobId);")]
    [InlineData("public static partial JobEvent? {|NAQ0003:X|}(string jobId);", "public static partial JobEvent X(string jobId);")]
    public Task OfAnEventMethod(string method, string fixedMethod) =>
        FixCheck.Fixes<JobEventMethodAnalyzer, ChangeReturnTypeFix>(In("[JobEvent(\"x\")]", method), In("[JobEvent(\"x\")]", fixedMethod));

    [Fact]
    public Task OfAHandler() => FixCheck.Fixes<JobEventHandlerAnalyzer, ChangeReturnTypeFix>(
        In("[OnJobEvent]", "async void {|NAQ0011:On|}() => await Task.Yield();"),
        In("[OnJobEvent]", "async Task On() => await Task.Yield();"));

    private static string In(string attribute, string method) => $$"""
        #nullable enable
        internal partial class Events
        {
            {{attribute}}
            {{method}}
        }
        """;
}
