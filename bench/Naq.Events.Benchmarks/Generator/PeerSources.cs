using System.Globalization;
using System.Text;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>The same values as log methods and as payload records with a serializer context.</summary>
internal static class PeerSources
{
    public static IEnumerable<string> Create(int count)
    {
        for (var first = 0; first < count; first += EventSources.MethodsPerClass)
        {
            var numbers = Enumerable.Range(first, Math.Min(EventSources.MethodsPerClass, count - first)).ToList();
            yield return LogMethods(numbers);
            yield return Payloads(numbers);
        }

        yield return Context(count);
    }

    private static string LogMethods(List<int> numbers)
    {
        var source = new StringBuilder();
        source.AppendLine(CultureInfo.InvariantCulture, $$"""
            using System;
            using Microsoft.Extensions.Logging;
            namespace Bench.Feature{{numbers[0]}};
            public static partial class Log
            {
            """);
        foreach (var number in numbers)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $$"""
                /// <summary>Step {{number}} was done.</summary>
                [LoggerMessage({{number}}, LogLevel.Information,
                    "Step {{number}} of {customer} took {elapsed:F2}: {jobId} {items} {requestId} {last}")]
                public static partial void LogStep{{number}}(
                    this ILogger logger, string jobId, string customer, int items, double elapsed, Guid requestId, bool last);
                """);
        }

        return source.AppendLine("}").ToString();
    }

    private static string Payloads(List<int> numbers)
    {
        var source = new StringBuilder("using System;\nnamespace Bench;\n");
        foreach (var number in numbers)
        {
            source.AppendLine(
                CultureInfo.InvariantCulture,
                $"public sealed record Step{number}("
                + $"string JobId, string Customer, int Items, double Elapsed, Guid RequestId, bool Last);");
        }

        return source.ToString();
    }

    private static string Context(int count)
    {
        var source = new StringBuilder("using System.Text.Json.Serialization;\nnamespace Bench;\n");
        for (var number = 0; number < count; number++)
            source.AppendLine(CultureInfo.InvariantCulture, $"[JsonSerializable(typeof(Step{number}))]");

        return source.AppendLine("public partial class PayloadContext : JsonSerializerContext;").ToString();
    }
}
