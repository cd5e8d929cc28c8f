using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class AddAttributeFixTests
{
    [Theory]
    [InlineData("string jobId, string {|NAQ0021:password|}", "string jobId, [Redact] string password")]
    [InlineData("string jobId, [JobEventTag] string {|NAQ0021:token|}", "string jobId, [Redact][JobEventTag] string token")]
    [InlineData("string jobId, string {|NAQ0019:WorkerId|}", "string jobId, [JobEventField(JobEventFieldName.WorkerId)] string WorkerId")]
    [InlineData("string jobId, int size, int {|NAQ0010:Size|}", "string jobId, int size, [JobEventDetail(\"size_2\")] int Size")]
    [InlineData(
        "string jobId, [JobEventTag(\"a\")] int size, [JobEventTag(\"a\")] int {|NAQ0010:other|}",
        "string jobId, [JobEventTag(\"a\")] int size, [JobEventTag(\"a_2\")] int other")]
    public Task AddsOrChangesTheAttribute(string parameters, string fixedParameters) =>
        FixCheck.Fixes<JobEventMethodAnalyzer, AddAttributeFix>(In(parameters), In(fixedParameters));

    [Theory]
    [InlineData("record Login(string Password);", "record Login([Redact] string Password);")]
    [InlineData(
        "record Login { public required string Token { get; init; } }",
        "record Login { [Redact] public required string Token { get; init; } }")]
    [InlineData(
        "class Login { [System.Text.Json.Serialization.JsonInclude] internal string Token = \"\"; }",
        "class Login { [Redact][System.Text.Json.Serialization.JsonInclude] internal string Token = \"\"; }")]
    public Task AddsTheAttributeToAMember(string type, string fixedType) => FixCheck.Fixes<JobEventMethodAnalyzer, AddAttributeFix>(
        $"{In("string jobId, Login {|NAQ0021:login|}")}\ninternal {type}", $"{In("string jobId, Login login")}\ninternal {fixedType}");

    private static string In(string parameters) => $$"""
        internal static partial class Events
        {
            [JobEvent("x")]
            public static partial JobEvent X({{parameters}});
        }
        """;
}
