namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The rules of projects that keep a baseline of their events.</summary>
public sealed class BaselineTests
{
    private const string Paid = """
        paid
        paid.details.amount: decimal
        paid.details.currency?: string
        paid.message: string
        """;

    [Theory]
    [InlineData(null, null)]
    [InlineData("", Paid)]
    [InlineData(Paid, "")]
    [InlineData(Paid, null)]
    [InlineData("# The events of the shop.\n\n" + Paid, "")]
    [InlineData(Paid + "\npaid.details.gone: int\ngone", "*REMOVED*paid.details.gone: int\n*REMOVED*gone")]
    [InlineData("paid\npaid.message: string\npaid.details.amount: int", Paid)]
    public Task NothingIsReportedOf(string? shipped, string? unshipped) => BaselineCheck.Reports(In(Declaration), shipped, unshipped);

    [Theory]
    [InlineData("", "", "Paid", "paid")]
    [InlineData("paid\npaid.details.amount: decimal\npaid.message: string", "", "currency", "paid.details.currency?: string")]
    [InlineData("paid\npaid.details.amount: decimal\npaid.details.currency?: string", "", "Paid", "paid.message: string")]
    [InlineData(Paid, "*REMOVED*paid.details.amount: decimal", "amount", "paid.details.amount: decimal")]
    public Task Naq0040(string shipped, string unshipped, string at, string line) => BaselineCheck.Reports(
        In(Declaration), shipped, unshipped, $"NAQ0040 at '{at}': '{line}' is not in the baseline; add it to JobEvents.Unshipped.txt");

    [Theory]
    [InlineData(Paid + "\ngone\ngone.message: string", "", "gone", "handlers of the event will never be called again")]
    [InlineData(Paid + "\npaid.details.old: int", "", "paid.details.old: int", "handlers that read the field will fail, or see nothing")]
    [InlineData(Paid, "paid.details.old: int", "paid.details.old: int", "it never shipped, so delete the line")]
    public Task Naq0041(string shipped, string unshipped, string line, string risk) => BaselineCheck.Reports(
        In(Declaration), shipped, unshipped, $"NAQ0041 at '{line}': '{line}' is in the baseline, but no declaration has it any more: {risk}");

    [Fact]
    public Task Naq0042() => BaselineCheck.Reports(
        In(Declaration.Replace("decimal", "double", StringComparison.Ordinal)),
        Paid,
        "",
        "NAQ0042 at 'amount': 'paid.details.amount' was shipped as decimal and is now double: consumers built before, and events already stored, have decimal");

    [Theory]
    [InlineData("string? currency", "string currency", "currency", "optional: events already stored lack it, so consumers that come to rely on it fail on those")]
    [InlineData("decimal amount", "decimal? amount", "amount", "required: consumers that rely on it fail when it is absent")]
    public Task Naq0043(string before, string after, string name, string problem) => BaselineCheck.Reports(
        In(Declaration.Replace(before, after, StringComparison.Ordinal)),
        Paid,
        "",
        $"NAQ0043 at '{name}': 'paid.details.{name}' was shipped as {problem}");

    /// <summary>Fields that only some declarations have are optional, so a second declaration can take a promise back.</summary>
    [Fact]
    public Task Naq0043ByASecondDeclaration() => BaselineCheck.Reports(
        In(Declaration + "[JobEvent(\"paid\", \"Paid\")] public static partial JobEvent Paid(string jobId, string? currency);"),
        Paid,
        "",
        "NAQ0043 at 'amount': 'paid.details.amount' was shipped as required: consumers that rely on it fail when it is absent");

    [Theory]
    [InlineData("Paid")]
    [InlineData("paid details")]
    [InlineData("paid.: int")]
    [InlineData("paid.details.amount")]
    [InlineData("*REMOVED*")]
    public Task Naq0044(string line) => BaselineCheck.Reports(
        In(Declaration),
        Paid,
        line,
        $"NAQ0044 at '{line}': '{line.Replace("*REMOVED*", "", StringComparison.Ordinal)}' is neither an event ('paid') nor a field of one ('paid.details.amount: decimal', 'paid.queue_name?: string')");

    private const string Declaration =
        "[JobEvent(\"paid\", \"Paid {amount}\")] public static partial JobEvent Paid(string jobId, decimal amount, string? currency);\n";

    private static string In(string members) => $"internal static partial class Events {{ {members} }}";
}
