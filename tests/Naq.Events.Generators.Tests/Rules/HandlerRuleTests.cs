namespace Naq.Events.Generators.Tests.Rules;

/// <summary>The rules for handlers, each with what breaks it; what keeps them all is at the end.</summary>
public sealed class HandlerRuleTests
{
    [Theory]
    [InlineData("\"Failed\"", "'Failed' is not an event name: a name is 1 to 64 characters of a-z, 0-9 and _")]
    [InlineData("JobEventType.Failed, JobEventType.Custom", "An event of type Custom is declared by its name: write the name in place of JobEventType.Custom")]
    public Task Naq0005(string name, string problem) => RuleCheck.Reports(
        In($"[OnJobEvent({name})] void On() {{ }}"), $"NAQ0005 at 'OnJobEvent({name})': {problem}");

    [Theory]
    [InlineData("int On() => 1;", "must return void, Task or ValueTask")]
    [InlineData("Task<int> On() => Task.FromResult(1);", "must return void, Task or ValueTask")]
    [InlineData("async void On() => await Task.Yield();", "is async void, so nobody could await it or see it fail; return Task or ValueTask")]
    [InlineData("void On<T>() { }", "cannot have type parameters")]
    public Task Naq0011(string method, string problem) =>
        RuleCheck.Reports(In($"[OnJobEvent] {method}"), $"NAQ0011 at 'On': [OnJobEvent] method 'On' {problem}");

    [Theory]
    [InlineData("internal class C { {0} }", "C", "C", "partial")]
    [InlineData("internal class Outer { internal partial class C { {0} } }", "C", "Outer", "partial")]
    [InlineData("internal static partial class C { {1} }", "C", "C", "a class that is not static, as it implements IJobEventHandlers")]
    [InlineData("internal partial struct C { {0} }", "C", "C", "a class: a table of handlers belongs to an object that keeps its identity")]
    [InlineData("internal partial interface C { {0} }", "C", "C", "a class: a table of handlers belongs to an object that keeps its identity")]
    [InlineData("file partial class C { {0} }", "C", "C", "visible outside its file")]
    public Task Naq0012(string type, string name, string culprit, string demand) => RuleCheck.Reports(
        type.Replace("{0}", "[OnJobEvent] void On() { } [OnJobEvent] void Too() { }", StringComparison.Ordinal)
            .Replace("{1}", "[OnJobEvent] static void On() { }", StringComparison.Ordinal),
        $"NAQ0012 at '{name}': '{name}' has [OnJobEvent] handlers, so '{culprit}' must be {demand}");

    [Theory]
    [InlineData("Action link", "type 'Action' cannot be bound: it belongs to the framework and is none of the types known here; add [JsonSerializable(typeof(Action))] to a JsonSerializerContext, and [assembly: JobEventJsonContext(typeof(TheContext))]")]
    [InlineData("ref int size", "ref, out, ref readonly and params parameters cannot be bound")]
    [InlineData("[FromServices] int size", "a service is an object, so its type must be a class or an interface")]
    [InlineData("[JobEventField((JobEventFieldName)99)] int size", "99 is not a JobEventFieldName")]
    [InlineData("[JobEventField(JobEventFieldName.WorkerId)] int size", "it is bound to worker_id, so it must be string, not 'int'")]
    [InlineData("[JobEventDetail] Action workerId", "type 'Action' cannot be bound: it belongs to the framework and is none of the types known here; add [JsonSerializable(typeof(Action))] to a JsonSerializerContext, and [assembly: JobEventJsonContext(typeof(TheContext))]")]
    [InlineData("int workerId", "it is bound to worker_id, so it must be string, not 'int'")]
    [InlineData("float durationMs", "it is bound to duration_ms, so it must be double, not 'float'")]
    [InlineData("short attempt", "it is bound to attempt, so it must be int, or a number that C# converts int to, not 'short'")]
    [InlineData("Dictionary<string, string> tags", "it is bound to tags, so it must be IReadOnlyDictionary<string, string>, not 'Dictionary<string, string>'")]
    public Task Naq0013(string parameter, string problem)
    {
        var name = parameter.Split(' ')[^1];
        return RuleCheck.Reports(
            In($"[OnJobEvent] void On({parameter}) {{ }}"), $"NAQ0013 at '{name}': Handler parameter '{name}': {problem}");
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("public void Handle() { } public Task HandleAsync() => Task.CompletedTask;", "2")]
    public Task Naq0014(string methods, string count) => RuleCheck.Reports(
        $"[OnJobEvent] internal partial class C {{ {methods} }}",
        $"NAQ0014 at 'C': [OnJobEvent] is on class 'C', which must then have exactly one method named HandleAsync or Handle; it has {count}");

    [Theory]
    [InlineData("Queue = \"\"", "'Queue' is empty")]
    [InlineData("Queue = \"a*b\"", "'Queue' has a '*' inside: 'a*b'")]
    [InlineData("Queue = \"a\", WorkerType = \"**b\"", "'WorkerType' has a '*' inside: '**b'")]
    public Task Naq0016(string filter, string problem) => RuleCheck.Reports(
        In($"[OnJobEvent({filter})] void On() {{ }}"),
        $"NAQ0016 at 'OnJobEvent({filter})': The filter {problem}; a '*' may only stand at its start or end");

    [Theory]
    [InlineData("internal partial class C : Base { [OnJobEvent(\"x\")] void On() { } }")]
    [InlineData("[JobEventHandlers] internal partial class C : Base;")]
    public Task Naq0017(string derived) => RuleCheck.Reports(
        "internal partial class Base { [OnJobEvent] void OnPrivate() { } [OnJobEvent] protected void OnProtected() { } } " + derived,
        "NAQ0017 at 'C': Handlers of 'C' do not include 'OnPrivate', which is private in its base class 'Base'; make it protected");

    [Fact]
    public Task Naq0018() => RuleCheck.Reports(
        "[JobEventHandlers] internal partial class C { }",
        "NAQ0018 at 'C': [JobEventHandlers] is on class 'C', which neither has nor inherits a handler");

    [Theory]
    [InlineData("Retry(0)", "'maxAttempts' is 0, and must be between 1 and 1,000")]
    [InlineData("Retry(1001)", "'maxAttempts' is 1001, and must be between 1 and 1,000")]
    [InlineData("Retry(3, DelaySeconds = 0.0001)", "'DelaySeconds' is 0.0001, and must be between 0.001 and 86,400")]
    [InlineData("Retry(3, MaxDelaySeconds = 86401)", "'MaxDelaySeconds' is 86401, and must be between 0.001 and 86,400")]
    [InlineData("Retry(3, Backoff = (JobEventBackoff)7)", "'Backoff' is 7, which is none of its values")]
    [InlineData("HandlerTimeout(0)", "'Seconds' is 0, and must be between 0.001 and 86,400")]
    [InlineData("HandlerTimeout(double.NaN)", "'Seconds' is NaN, and must be between 0.001 and 86,400")]
    [InlineData("NeverRetry(typeof(FormatException), typeof(string))", "'exceptions' names String, which is not a type of exception")]
    [InlineData("HandlerConcurrency(0)", "'calls' is 0, and must be between 1 and 10,000")]
    [InlineData("HandlerConcurrency(10001)", "'calls' is 10001, and must be between 1 and 10,000")]
    [InlineData("DropOn(typeof(List<>))", "'exceptions' names List, which is not a type of exception")]
    public Task Naq0036(string attribute, string problem) => RuleCheck.Reports(
        In($"[OnJobEvent] [{attribute}] void On() {{ }}"), $"NAQ0036 at '{attribute}': {problem}");

    [Fact]
    public Task Naq0036OfTheClass() => RuleCheck.Reports(
        "[Retry(0)] internal partial class C { [OnJobEvent] [Retry(1)] void On() { } [OnJobEvent] void OnToo() { } }",
        "NAQ0036 at 'Retry(0)': 'maxAttempts' is 0, and must be between 1 and 1,000");

    [Theory]
    [InlineData("Ordering((JobEventOrdering)99)", "'ordering' is 99, which is none of its values")]
    [InlineData("Ordering(JobEventOrdering.PerKey)", "'Key' is empty, and must name the detail, tag or metadata entry that the order is by")]
    [InlineData("Ordering(JobEventOrdering.PerKey, Key = \" \")", "'Key' is empty, and must name the detail, tag or metadata entry that the order is by")]
    [InlineData("Ordering(JobEventOrdering.PerQueue, Key = \"tenant\")", "'Key' is 'tenant', but the order is PerQueue, which has no key")]
    public Task Naq0036OfTheOrder(string attribute, string problem) => RuleCheck.Reports(
        $"[{attribute}] internal partial class C {{ [OnJobEvent] void On() {{ }} }}", $"NAQ0036 at '{attribute}': {problem}");

    [Theory]
    [InlineData("[Ordering(JobEventOrdering.PerKey, Key = \"tenant\")] internal abstract partial class C { [OnJobEvent] [HandlerConcurrency(1)] protected void On() { } } internal partial class D : C { [OnJobEvent] void Ordering() { } }")]
    [InlineData("[HandlerConcurrency(4)] [Ordering(JobEventOrdering.None)] internal partial class C<T> { [OnJobEvent] void On() { } }")]
    public Task NothingIsReportedOfTheClass(string source) => RuleCheck.Passes(source);

    [Theory]
    [InlineData("[OnJobEvent] [Retry(5, Backoff = JobEventBackoff.Constant)] [HandlerTimeout(1)] [NeverRetry(typeof(Exception))] [DropOn] void On() { }")]
    [InlineData("[OnJobEvent(JobEventType.Failed, JobEventType.Timeout)] [OnJobEvent(\"x\")] public Task On(JobEvent e) => Task.CompletedTask;")]
    [InlineData("[OnJobEvent] private static ValueTask On(JobEventContext c, CancellationToken ct) => default;")]
    [InlineData("[OnJobEvent(\"x\")] void On(string jobId, long attempt, double? durationMs, JobEventFields details, IReadOnlyDictionary<string, string> tags) { }")]
    [InlineData("[OnJobEvent(\"x\")] void On(in Guid requestId, JobEventType type, string eventName, string? note = null) { }")]
    [InlineData("[OnJobEvent(\"x\")] void HandledEvents() { } [OnJobEvent(\"x\")] void ForX() { } [OnJobEvent(\"x\")] void Equals() { } [OnJobEvent(\"x\")] void @class() { }")]
    [InlineData("[Obsolete] [OnJobEvent(\"x\")] void Old() { }")]
    [InlineData("[OnJobEvent(\"x\", Queue = \"**\", Service = \"*a*\")] void On([FromServices] Uri service, [FromServices] List<int>? list = null) { }")]
    public Task NothingIsReportedOf(string methods) => RuleCheck.Passes(In(methods));

    [Fact]
    public Task AMemberOfAnyNameMayStandBesideTheTable() => RuleCheck.Passes("""
        internal class Base
        {
            protected int C { get; } = 1;
            protected class JobEventTable;
        }

        internal partial class C : Base
        {
            [OnJobEvent] static void On() { }
            [OnJobEvent("a_b")] static void One() { }
            [OnJobEvent("ab")] static void Two() { }
            [OnJobEvent("a__b")] static void Three() { }
        }

        #pragma warning disable CS8981
        internal partial class c { [OnJobEvent] void On() { } }
        internal partial class ForX { [OnJobEvent("x")] static void On() { } }
        """);

    [Theory]
    [InlineData("[OnJobEvent(Missing)] void On() { }")]
    [InlineData("[OnJobEvent(5)] void On() { }")]
    [InlineData("[OnJobEvent((string[])null!)] void On() { }")]
    [InlineData("[OnJobEvent((string)null!)] void On() { }")]
    [InlineData("[OnJobEvent] Missing On() => null!;")]
    [InlineData("[OnJobEvent] void On(Missing x) { }")]
    [InlineData("[OnJobEvent] void On(string x = missing) { }")]
    [InlineData("[OnJobEvent] public C() { }")]
    [InlineData("[OnJobEvent] int P { get; }")]
    [InlineData("[OnJobEvent] void IDisposable.Dispose() { }")]
    [InlineData("void M() { [OnJobEvent] void On() { } On(); }")]
    [InlineData("[OnJobEvent] [OnJobEvent] void")]
    public void BrokenCodeIsLeftToTheCompiler(string member)
    {
        var source = $"internal partial class C {{ {member} }}";
        RuleCheck.AssertNothingGeneratedIsWrong(source, GeneratorRun.Of(source));
    }


    private static string In(string members) => $"internal partial class C {{ {members} }}";
}
