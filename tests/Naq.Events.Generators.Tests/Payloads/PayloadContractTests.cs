using Naq.Events.Generators.Tests.Contracts;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>Handlers of payload types are held against declarations of payload types.</summary>
public sealed class PayloadContractTests
{
    [Theory]
    [InlineData("int[] sizes, List<long> wide, Kind kind, Box box, IReadOnlyDictionary<string, int>? map, Uri link")]
    [InlineData("IEnumerable<double> sizes, string kind, string link")]
    [InlineData("System.Text.Json.JsonElement sizes, System.Text.Json.JsonElement box")]
    public Task WhatFitsIsNotReported(string parameters) => ContractCheck.Reports(In(parameters));

    [Theory]
    [InlineData("Kind[] sizes", "sizes", "int[]", "enum[]")]
    [InlineData("int box", "box", "object", "int")]
    [InlineData("Box kind", "kind", "enum", "object")]
    public Task AnotherTypeIsReported(string parameter, string name, string carried, string bound) => ContractCheck.Reports(
        In(parameter),
        $"NAQ0032 at '{name}': Handler parameter '{name}': event 'packed' carries '{name}' as {carried}, which a parameter of type {bound} does not read");

    [Theory]
    [InlineData("record All(int[] Sizes, List<int> Wide, string Kind, Box Box)", "All all")]
    [InlineData("record All(string Link, int[] Sizes) { public int Other { get; set; } public string? Remarks { get; init; } }", "All? all")]
    [InlineData("record All(int[] Sizes, int? Weight, string Note = \"none\", int Size = default)", "All all")]
    [InlineData("class All { public required Box Box { get; set; } [System.Text.Json.Serialization.JsonIgnore] public int Weight { get; set; } }", "All all")]
    public Task DetailsThatFitARecordAreNotReported(string type, string parameter) =>
        ContractCheck.Reports(In(parameter) + $"internal {type}" + (type[^1] == '}' ? "" : ";"));

    [Theory]
    [InlineData("record All(int[] Sizes, int Weight)", "NAQ0031 at 'all': Handler parameter 'all.Weight': no declaration of 'packed' carries 'weight'")]
    [InlineData("record All(int[] Sizes) { public required int Weight { get; init; } }", "NAQ0031 at 'all': Handler parameter 'all.Weight': no declaration of 'packed' carries 'weight'")]
    [InlineData("record All(int[] Sizs, Box Box)", "NAQ0031 at 'all': Handler parameter 'all.Sizs': no declaration of 'packed' carries 'sizs'; did you mean 'sizes'?")]
    [InlineData("record All(Box Box) { public int[]? Sizs { get; set; } }", "NAQ0031 at 'all': Handler parameter 'all.Sizs': no declaration of 'packed' carries 'sizs'; did you mean 'sizes'?")]
    [InlineData("record All(string? Weight, int? Height)", "NAQ0031 at 'all': Handler parameter 'all': no declaration of 'packed' carries 'all', nor a member of 'All'")]
    [InlineData("record All(Box Box, Kind[]? Sizes)", "NAQ0032 at 'all': Handler parameter 'all.Sizes': event 'packed' carries 'sizes' as int[], which a parameter of type enum[] does not read")]
    [InlineData("record All(Box Box, string Note)", "NAQ0033 at 'all': Handler parameter 'all.Note' needs a value, but event 'packed' may come without 'note'; make it nullable or give it a default")]
    [InlineData("record All { [System.Text.Json.Serialization.JsonRequired] public string? Note { get; init; } }", "NAQ0033 at 'all': Handler parameter 'all.Note' needs a value, but event 'packed' may come without 'note'; do not require it")]
    [InlineData("record All(Box Box, string Tenant)", "NAQ0031 at 'all': Handler parameter 'all.Tenant': no declaration of 'packed' carries 'tenant'")]
    public Task ARecordThatDetailsDoNotFitIsReported(string type, string problem) => ContractCheck.Reports(
        In("All all") + $"internal {type}" + (type[^1] == '}' ? "" : ";"), problem);

    [Theory]
    [InlineData("All all", "NAQ0033 at 'all': Handler parameter 'all.Box' needs a value, but event 'emptied' may come without 'box'; make it nullable or give it a default")]
    [InlineData("All? all", null)]
    public Task AnEventWithoutDetailsGivesANullableRecordNothing(string parameter, string? problem) => ContractCheck.Reports(
        In(parameter, "\"packed\", \"emptied\"") + "internal record All(Box Box);", problem is null ? [] : [problem]);

    [Fact]
    public Task DetailsOfAnyNameMayFitARecord() => ContractCheck.Reports(
        In("All all", "\"open\"") + "internal record All(int? Weight);");

    private static string In(string parameters) => In(parameters, "\"packed\"");

    private static string In(string parameters, string events) => $$"""
        internal enum Kind { One }
        internal record Box(int Size);
        internal static partial class Events
        {
            [JobEvent("packed")]
            public static partial JobEvent Packed(
                string jobId, int[] sizes, List<int> wide, Kind kind, Box box, Dictionary<string, int> map, Uri link,
                string? note, [JobEventTag] string tenant);

            [JobEvent("emptied")]
            public static partial JobEvent Emptied(string jobId);

            [JobEvent("open")]
            public static partial JobEvent Open(string jobId, JobEventFields details);
        }
        internal sealed partial class Handlers
        {
            [OnJobEvent({{events}})] void On({{parameters}}) { }
        }
        """;
}
