using System.Globalization;
using System.Text;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>Events and handlers, twenty to a class.</summary>
internal static class EventSources
{
    public const int MethodsPerClass = 20;

    public static IEnumerable<string> Create(int count)
    {
        for (var first = 0; first < count; first += MethodsPerClass)
        {
            var numbers = Enumerable.Range(first, Math.Min(MethodsPerClass, count - first)).ToList();
            yield return Events(numbers);
            yield return Handlers(numbers);
        }
    }

    private static string Events(List<int> numbers)
    {
        var source = new StringBuilder();
        source.AppendLine(CultureInfo.InvariantCulture, $$"""
            using System;
            using Naq.Events;
            namespace Bench.Feature{{numbers[0]}};
            public static partial class Events
            {
            """);
        foreach (var number in numbers)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $$"""
                /// <summary>Step {{number}} was done.</summary>
                [JobEvent("step_{{number}}_done", "Step {{number}} of {customer} took {elapsed:F2}")]
                public static partial void LogStep{{number}}(
                    this IJobEventLogger logger, string jobId, string customer, int items, double elapsed,
                    Guid requestId, bool last);
                """);
        }

        return source.AppendLine("}").ToString();
    }

    private static string Handlers(List<int> numbers)
    {
        var source = new StringBuilder();
        source.AppendLine(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Naq.Events;
            namespace Bench.Feature{{numbers[0]}};
            public sealed partial class Handlers
            {
            """);
        foreach (var number in numbers)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $$"""
                [OnJobEvent("step_{{number}}_done")]
                public ValueTask OnStep{{number}}(
                    string jobId, string customer, int items, double elapsed, Guid? requestId, CancellationToken ct) => default;
                """);
        }

        return source.AppendLine("}").ToString();
    }
}
