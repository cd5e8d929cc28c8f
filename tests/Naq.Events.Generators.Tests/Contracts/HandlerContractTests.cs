namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>The rules that hold handlers against declarations.</summary>
public sealed class HandlerContractTests
{
    private const string Events = """
        [JobEvent("paid", "Paid {amount}")]
        public static partial JobEvent Paid(string jobId, string workerId, decimal amount, int parts, Guid batchId, string? currency,
            [JobEventTag] string tenant, double? durationMs);

        [JobEvent("refunded")]
        public static partial JobEvent Refunded(string jobId, long amount, string reason);

        """;

    [Theory]
    [InlineData("decimal amout", "amout", "'paid'", "amout", "; did you mean 'amount'?")]
    [InlineData("decimal? amout", "amout", "'paid'", "amout", "; did you mean 'amount'?")]
    [InlineData("string Tenant", "Tenant", "'paid'", "tenant", null)]
    [InlineData("int somethingElse", "somethingElse", "'paid'", "something_else", "")]
    [InlineData("string queueName", "queueName", "'paid'", "queue_name", "")]
    public Task Naq0031(string parameter, string at, string events, string name, string? suggestion) => ContractCheck.Reports(
        In($"[OnJobEvent(\"paid\")] void On({parameter}) {{ }}"),
        suggestion is null ? [] : [$"NAQ0031 at '{at}': Handler parameter '{at}': no declaration of {events} carries '{name}'{suggestion}"]);

    [Theory]
    [InlineData("int amount", "paid", "amount", "decimal", "int")]
    [InlineData("double amount", "paid", "amount", "decimal", "double")]
    [InlineData("byte parts = 0", "paid", "parts", "int", "byte")]
    [InlineData("bool? tenant", "paid", "tenant", "string", "bool")]
    [InlineData("DateTime batchId", "paid", "batch_id", "Guid", "DateTime")]
    public Task Naq0032(string parameter, string jobEvent, string name, string carried, string bound)
    {
        var at = parameter.Split(' ')[1];
        return ContractCheck.Reports(
            In($"[OnJobEvent(\"paid\")] void On({parameter}) {{ }}"),
            $"NAQ0032 at '{at}': Handler parameter '{at}': event '{jobEvent}' carries '{name}' as {carried}, which a parameter of type {bound} does not read");
    }

    [Theory]
    [InlineData("\"paid\"", "string currency", "paid", "currency")]
    [InlineData("\"paid\"", "double durationMs", "paid", "duration_ms")]
    [InlineData("\"paid\"", "TimeSpan duration", "paid", "duration_ms")]
    [InlineData("\"paid\", \"refunded\"", "string workerId", "refunded", "worker_id")]
    [InlineData("\"paid\", \"refunded\"", "string reason", "paid", "reason")]
    [InlineData("", "string workerId", "cancelled", "worker_id")]
    [InlineData("JobEventType.Failed", "string customer", "failed", "customer")]
    public Task Naq0033(string events, string parameter, string jobEvent, string name)
    {
        var at = parameter.Split(' ')[1];
        return ContractCheck.Reports(
            In($"[OnJobEvent({events})] void On({parameter}) {{ }}"),
            $"NAQ0033 at '{at}': Handler parameter '{at}' needs a value, but event '{jobEvent}' may come without '{name}'; make it nullable or give it a default");
    }

    [Theory]
    [InlineData("\"pade\"", "pade", "; did you mean 'paid'?")]
    [InlineData("\"of_another_program\"", "of_another_program", "; if another program logs it, declare it here too")]
    [InlineData("\"paid\", \"shipped_to_mars\"", "shipped_to_mars", "; if another program logs it, declare it here too")]
    public Task Naq0034(string events, string name, string hint) => ContractCheck.Reports(
        In($"[OnJobEvent({events})] void On(string jobId) {{ }}"),
        $"NAQ0034 at '\"{name}\"': No declaration known here is of event '{name}'{hint}");

    [Theory]
    [InlineData("[OnJobEvent(\"paid\")] void On(string jobId, string workerId, decimal amount, long parts, string batchId, string? currency, string tenant) { }")]
    [InlineData("[OnJobEvent(\"paid\")] void On(double parts, Guid? batchId, string currency = \"EUR\", double? durationMs = null, string? queueName = null) { }")]
    [InlineData("[OnJobEvent(\"paid\", \"refunded\")] void On(decimal amount, string? reason, JobEvent e, CancellationToken ct) { }")]
    [InlineData("[OnJobEvent] void On(string jobId, DateTimeOffset timestamp, JobEventFields details, string? workerId) { }")]
    [InlineData("[OnJobEvent(JobEventType.Failed)] void On(string workerId, string errorType, long retryCount, double durationMs, string? customer) { }")]
    public Task NothingIsReportedOf(string handler) => ContractCheck.Reports(In(handler));

    [Fact]
    public Task AClassWithTheAttributeIsHeldAgainstDeclarationsToo() => ContractCheck.Reports(
        In("[OnJobEvent(\"paid\")] internal partial class H { public void Handle(int amount) { } }"),
        "NAQ0032 at 'amount': Handler parameter 'amount': event 'paid' carries 'amount' as decimal, which a parameter of type int does not read");

    [Fact]
    public Task EventsOfAReferencedAssemblyAreKnown() => ContractCheck.Reports(
        """
        internal partial class C
        {
            [OnJobEvent("paid")] void On(int amount, string curency, string reason) { }
            [OnJobEvent("unpaid")] void On(int amount) { }
        }
        """,
        [ContractCheck.Assembly("Contracts", $"#pragma warning disable CS1591\npublic static partial class Events {{ {Events} }}")],
        "NAQ0032 at 'amount': Handler parameter 'amount': event 'paid' carries 'amount' as decimal, which a parameter of type int does not read",
        "NAQ0031 at 'curency': Handler parameter 'curency': no declaration of 'paid' carries 'curency'; did you mean 'currency'?",
        "NAQ0031 at 'reason': Handler parameter 'reason': no declaration of 'paid' carries 'reason'",
        "NAQ0034 at '\"unpaid\"': No declaration known here is of event 'unpaid'; did you mean 'paid'?");

    private static string In(string members) => $$"""
        internal partial class C
        {
            {{Events}}
            {{members}}
        }
        """;
}
