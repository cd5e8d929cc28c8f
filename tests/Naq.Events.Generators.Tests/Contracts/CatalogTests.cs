using Naq.Events.Generators.Tests.Execution;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The catalog an application reads at run time.</summary>
public sealed class CatalogTests
{
    private const string Source = """
        #pragma warning disable CS1573
        namespace Shop;

        internal static partial class Events
        {
            /// <summary>
            /// The <paramref name="amount"/> was
            /// captured; see <see cref="JobEvent"/> and <c>code &amp; more</c>.
            /// </summary>
            /// <param name="jobId">The job.</param>
            /// <param name="amount">In the currency's unit.</param>
            [JobEvent("payment_captured", "Captured {amount} \"{currency}\"")]
            internal static partial JobEvent Captured(string jobId, decimal amount, string? currency);

            /// <summary>Not first.</summary>
            /// <param name="logger">The logger.</param>
            /// <param name="jobId">The job.</param>
            /// <param name="amount">Not first.</param>
            /// <param name="currency">ISO 4217.</param>
            /// <param name="terminal">Where.</param>
            [JobEvent("payment_captured")]
            internal static partial void LogCaptured(
                IJobEventLogger logger, string jobId, decimal amount, string currency, [JobEventTag] Guid terminal);

            // Not documentation.
            [JobEvent(JobEventType.Failed)]
            internal static partial JobEvent Failed(string jobId, Exception? error, IReadOnlyDictionary<string, string> tags);
        }
        """;

    [Fact]
    public void Catalog()
    {
        var run = GeneratorRun.Of(Source);
        _ = run.Load();
        Baseline.Verify(run.Files.Where(file => file.Key == "JobEventCatalog.g.cs"));
    }

    [Fact]
    public void TheCatalogIsReadAtRunTime()
    {
        var catalog = Script.Run<IReadOnlyList<JobEventDescription>>([Source, """
            namespace Shop;
            internal static class Program
            {
                public static IReadOnlyList<JobEventDescription> Run() =>
                    [.. Consumer.JobEventCatalog.All, Consumer.JobEventCatalog.Find("failed")!, Consumer.JobEventCatalog.Find("none") ?? new("none", 0)];
            }
            """]);

        Assert.Equal(["failed", "payment_captured", "failed", "none"], catalog.Select(description => description.Name));
        Assert.Equal(JobEventType.Failed, catalog[0].Type);
        Assert.Null(catalog[0].Summary);
        Assert.Equal(["error_message?: string?", "error_type?: string?",
            "tags?: System.Collections.Generic.IReadOnlyDictionary<string, string>"], catalog[0].Fields.Select(field => field.ToString()));

        var captured = catalog[1];
        Assert.Equal("Captured {amount} \"{currency}\"", captured.Message);
        Assert.Equal("The amount was captured; see JobEvent and code & more.", captured.Summary);
        Assert.Equal(
            ["Details amount Number decimal True: In the currency's unit.", "Details currency String string? False: ISO 4217.",
                "Event message String string False: ", "Tags terminal String System.Guid False: Where."],
            captured.Fields.Select(field =>
                $"{field.Place} {field.Name} {field.JsonType} {field.Type} {field.IsRequired}: {field.Summary}"));
    }

    [Fact]
    public void TheCatalogMayBeMadePublic() => Assert.True(GeneratorRun.Of(Source, """
        namespace Consumer;
        #pragma warning disable CS1591
        public static partial class JobEventCatalog;
        """).Load().GetType("Consumer.JobEventCatalog", throwOnError: true)!.IsPublic);

    [Fact]
    public void TheStandardEventsAreDescribed()
    {
        Assert.Equal(
            Enum.GetValues<JobEventType>().Where(type => type != JobEventType.Custom).Order(),
            JobEvents.Descriptions.Select(description => description.Type).Where(type => type != JobEventType.Custom).Order());
        Assert.Equal(
            ["heartbeat", "progress", "stalled"],
            JobEvents.Descriptions.Where(description => description.Type == JobEventType.Custom).Select(description => description.Name));
        Assert.All(JobEvents.Descriptions, description => Assert.All(
            description.Fields.Where(field => field.Name is not ("message" or "error_stack")),
            field => Assert.False(string.IsNullOrEmpty(field.Summary), $"{description} {field}")));
    }
}
