using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class HandlerParameterFixTests
{
    [Fact]
    public Task RenamesAParameterWhereverItIsUsed() => FixCheck.Fixes<HandlerContractAnalyzer, RenameParameterFix>(
        In("decimal {|NAQ0031:amout|}", "Console.WriteLine(amout + amout)"), In("decimal amount", "Console.WriteLine(amount + amount)"));

    [Theory]
    [InlineData("decimal amount, decimal {|NAQ0031:amout|}")]
    [InlineData("int {|NAQ0031:quiteAnotherThing|}")]
    public Task LeavesAParameterThatCannotBeRenamedAlone(string parameters) =>
        FixCheck.Fixes<HandlerContractAnalyzer, RenameParameterFix>(In(parameters, "M()"), In(parameters, "M()"));

    [Theory]
    [InlineData("string {|NAQ0033:coupon|}, double {|NAQ0033:durationMs|}", "string? coupon, double? durationMs")]
    [InlineData("in Guid {|NAQ0033:batch|}", "in Guid? batch")]
    public Task MakesAParameterNullable(string before, string after) =>
        FixCheck.Fixes<HandlerContractAnalyzer, MakeNullableFix>(In(before, "M()"), In(after, "M()"));

    [Fact]
    public Task MakesAMemberNullable() => FixCheck.Fixes<HandlerContractAnalyzer, MakeNullableFix>(
        In("All {|NAQ0033:all|}", "M()") + "\npublic record All(decimal Amount, string Coupon);",
        In("All all", "M()") + "\npublic record All(decimal Amount, string? Coupon);");

    [Fact]
    public Task LeavesARequiredMemberAlone()
    {
        var source = In("All {|NAQ0033:all|}", "M()") + "\npublic class All { public required Guid Batch { get; set; } }";
        return FixCheck.Fixes<HandlerContractAnalyzer, MakeNullableFix>(source, source);
    }

    private static string In(string parameters, string body) => $$"""
        #nullable enable
        public static partial class Events
        {
            [JobEvent("paid")]
            public static partial JobEvent Paid(string jobId, decimal amount, string? coupon, double? durationMs, Guid? batch);
        }

        public partial class Handlers
        {
            [OnJobEvent("paid")]
            public void OnPaid({{parameters}}) => {{body}};

            private static void M() { }
        }
        """;
}
