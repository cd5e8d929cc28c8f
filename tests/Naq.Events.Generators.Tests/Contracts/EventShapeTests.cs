using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The rule that holds the declarations of one event against each other.</summary>
public sealed class EventShapeTests
{
    private const string Paid = """
        [JobEvent("paid")]
        public static partial JobEvent Paid(string jobId, decimal amount, string? currency);

        """;

    [Fact]
    public Task Naq0030() => ContractCheck.Reports(
        In(Paid + "[JobEvent(\"paid\")] public static partial void LogPaid(IJobEventLogger l, string jobId, string amount);"),
        "NAQ0030 at 'amount': Event 'paid' has 'details.amount' as decimal here and as string in another declaration of this project: no reader can expect both",
        "NAQ0030 at 'amount': Event 'paid' has 'details.amount' as string here and as decimal in another declaration of this project: no reader can expect both");

    [Fact]
    public Task Naq0030AcrossAssemblies() => ContractCheck.Reports(
        In("[JobEvent(\"paid\")] public static partial JobEvent Paid(string jobId, bool amount);"),
        [ContractCheck.Assembly("Contracts", In(Paid))],
        "NAQ0030 at 'amount': Event 'paid' has 'details.amount' as bool here and as decimal in assembly 'Contracts': no reader can expect both");

    [Fact]
    public Task Naq0030OfAStandardEvent() => ContractCheck.Reports(
        In("[JobEvent(JobEventType.Failed)] public static partial JobEvent Failed(string jobId, string retryCount);"),
        "NAQ0030 at 'retryCount': Event 'failed' has 'details.retry_count' as string here and as int in assembly 'Naq.Events.Runtime': no reader can expect both");

    [Theory]
    [InlineData("[Redact] decimal amount", "amount", "details.amount")]
    [InlineData("[JobEventDetail(\"amount\")] bool paid", "paid", "details.amount")]
    [InlineData("[JobEventMetadata] bool version", "version", "metadata.version")]
    public async Task Naq0030OfWhatAttributesMakeOfAParameter(string parameter, string at, string path)
    {
        var run = GeneratorRun.Of(In(
            "[JobEvent(\"paid\")] public static partial JobEvent Paid(string jobId, decimal amount, [JobEventMetadata] int version);"
                + $"[JobEvent(\"paid\")] public static partial JobEvent PaidToo(string jobId, {parameter});"));
        var reported = await run.Analyze(new EventShapeAnalyzer());
        Assert.Equal(2, reported.Length);
        Assert.Equal(at, ContractCheck.TextAt(reported[1].Location));
        Assert.Contains($"'{path}'", reported[1].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("params ReadOnlySpan<(string Name, string Value)> tags")]
    [InlineData("decimal amount, string currency, int more")]
    [InlineData("long amount")]
    [InlineData("[JobEventTag] string amount")]
    [InlineData("string other")]
    public Task NothingIsReportedOf(string parameters) => ContractCheck.Reports(
        In(Paid + $"[JobEvent(\"paid\")] public static partial JobEvent PaidToo(string jobId, {parameters});"));

    [Theory]
    [InlineData("int", "long", "long")]
    [InlineData("decimal", "double", "number")]
    [InlineData("Guid", "string", "string")]
    [InlineData("DateTime", "DateTimeOffset", "DateTimeOffset")]
    [InlineData("int", "string", "any")]
    [InlineData("int", "int", "int")]
    public void TypesAreMerged(string one, string other, string merged)
    {
        Assert.Equal(merged, WireType.Merge(one, other));
        Assert.Equal(merged, WireType.Merge(other, one));
    }

    [Theory]
    [InlineData("details.amount: decimal")]
    [InlineData("queue_name?: string")]
    [InlineData("tags.a:b")]
    public void FieldsAreReadBack(string text) => Assert.Equal(
        text.Replace("a:b", "a: b", StringComparison.Ordinal), EventFieldSpec.Parse(text)!.ToString());

    private static string In(string members) => $"internal static partial class Events {{ {members} }}";
}
