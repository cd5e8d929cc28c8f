using Naq.Events.Generators.Tests.Contracts;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>Handlers of payload types are held against declarations of payload types.</summary>
public sealed class PayloadContractTests
{
    [Theory]
    [InlineData("int[] sizes, List<long> wide, Kind kind, Box box, IReadOnlyDictionary<string, int>? map, Uri link")]
    [InlineData("IEnumerable<double> sizes, string kind, string link, Box anything")]
    [InlineData("System.Text.Json.JsonElement sizes, System.Text.Json.JsonElement box")]
    public Task WhatFitsIsNotReported(string parameters) => ContractCheck.Reports(In(parameters));

    [Theory]
    [InlineData("Kind[] sizes", "sizes", "int[]", "enum[]")]
    [InlineData("int box", "box", "object", "int")]
    [InlineData("Box kind", "kind", "enum", "object")]
    public Task AnotherTypeIsReported(string parameter, string name, string carried, string bound) => ContractCheck.Reports(
        In(parameter),
        $"NAQ0032 at '{name}': Handler parameter '{name}': event 'packed' carries '{name}' as {carried}, which a parameter of type {bound} does not read");

    private static string In(string parameters) => $$"""
        internal enum Kind { One }
        internal record Box(int Size);
        internal static partial class Events
        {
            [JobEvent("packed")]
            public static partial JobEvent Packed(
                string jobId, int[] sizes, List<int> wide, Kind kind, Box box, Dictionary<string, int> map, Uri link);
        }
        internal sealed partial class Handlers
        {
            [OnJobEvent("packed")] void On({{parameters}}) { }
        }
        """;
}
