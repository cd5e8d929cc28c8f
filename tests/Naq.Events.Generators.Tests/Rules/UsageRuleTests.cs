namespace Naq.Events.Generators.Tests.Rules;

/// <summary>The rules for what methods do with events.</summary>
public sealed class UsageRuleTests
{
    [Theory]
    [InlineData("Logger.Flush(TimeSpan.Zero);", "Logger.Flush(TimeSpan.Zero)", "Flush", "await FlushAsync")]
    [InlineData("Store.Append(e);", "Store.Append(e)", "Append", "use the form of 'Append' that is awaited")]
    [InlineData("Console.Write(Store.Count());", "Store.Count()", "Count", "use the form of 'Count' that is awaited")]
    [InlineData("Action a = () => Processor.Stop();", "Processor.Stop()", "Stop", "await StopAsync")]
    public Task Naq0023(string statement, string call, string name, string alternative) => RuleCheck.Reports(
        Handler("x", statement),
        $"NAQ0023 at '{call}': Handler 'On' blocks its lane with '{name}': the events behind it wait too; {alternative}");

    [Theory]
    [InlineData("Size().Wait();", "Size().Wait()", "Wait")]
    [InlineData("Console.Write(Size().Result);", "Size().Result", "Result")]
    [InlineData("Console.Write(new ValueTask<int>(1).Result);", "new ValueTask<int>(1).Result", "Result")]
    [InlineData("Size().GetAwaiter().GetResult();", "Size().GetAwaiter().GetResult()", "GetAwaiter().GetResult()")]
    [InlineData("Size().ConfigureAwait(false).GetAwaiter().GetResult();", "Size().ConfigureAwait(false).GetAwaiter().GetResult()", "GetAwaiter().GetResult()")]
    [InlineData("Task.WaitAll(Size());", "Task.WaitAll(Size())", "WaitAll")]
    public Task Naq0024(string statement, string call, string name) => RuleCheck.Reports(
        Handler("x", statement), $"NAQ0024 at '{call}': Handler 'On' blocks on a task with '{name}': await it");

    [Theory]
    [InlineData("JobEvents.Enqueued(\"j\", \"q\");", "JobEvents.Enqueued(\"j\", \"q\")", "Enqueued")]
    [InlineData("Made(\"j\");", "Made(\"j\")", "Made")]
    [InlineData("new JobEvent(\"j\", \"x\");", "new JobEvent(\"j\", \"x\")", "new JobEvent")]
    [InlineData("Action a = () => Made(\"j\");", "Made(\"j\")", "Made")]
    public Task Naq0025(string statement, string call, string name) => RuleCheck.Reports(
        Method(statement), $"NAQ0025 at '{call}': '{name}' only makes an event: nothing is logged unless it is given to a logger");

    [Theory]
    [InlineData("Logger.LogAsync(e);", "Logger.LogAsync(e)", "LogAsync")]
    [InlineData("Logger.LogSecondAsync(\"j\");", "Logger.LogSecondAsync(\"j\")", "LogSecondAsync")]
    [InlineData("_ = Events.LogSecondAsync(Logger, \"j\");", "Events.LogSecondAsync(Logger, \"j\")", "LogSecondAsync")]
    [InlineData("Logger.FlushAsync();", "Logger.FlushAsync()", "FlushAsync")]
    public Task Naq0026(string statement, string call, string name) => RuleCheck.Reports(
        Method(statement), $"NAQ0026 at '{call}': '{name}' may wait for room, and its event may be refused: await it");

    [Theory]
    [InlineData("\"first\"", "Logger.LogFirst(\"j\");", "Logger.LogFirst(\"j\")", "first")]
    [InlineData("", "Logger.LogFirst(\"j\");", "Logger.LogFirst(\"j\")", "first")]
    [InlineData("\"made\"", "Logger.Log(Made(\"j\"));", "Logger.Log(Made(\"j\"))", "made")]
    [InlineData("JobEventType.Failed", "Logger.LogJobFailed(\"j\", \"w\", new InvalidOperationException(), 1);", "Logger.LogJobFailed(\"j\", \"w\", new InvalidOperationException(), 1)", "failed")]
    [InlineData("\"other\"", "Logger.Log(e);", "Logger.Log(e)", "the event it was given")]
    public Task Naq0027(string events, string statement, string call, string name) => RuleCheck.Reports(
        Handler(events, statement, quote: false),
        $"NAQ0027 at '{call}': Handler 'On' logs '{name}', which it handles itself: each event makes another, without end");

    [Theory]
    [InlineData("Logger.LogFirst(\"j\"); Logger.Log(Made(\"j\")); _ = Made(\"j\"); var made = Made(\"j\"); Logger.Log(made with { WorkerId = \"w\" });")]
    [InlineData("Func<ValueTask> f = () => Logger.LogAsync(e); var later = Logger.LogSecondAsync(\"j\"); Logger.FlushAsync().AsTask();", false)]
    [InlineData("Logger.Flush(TimeSpan.Zero); Size().Wait();", false)]
    public Task NothingIsReportedOf(string statements, bool inHandler = true) =>
        RuleCheck.Passes(inHandler ? Handler("x", statements) : Method(statements));

    [Fact]
    public Task AFilterMayLeaveOutTheEventThatIsLogged() => RuleCheck.Passes(
        Handler("\"first\", Queue = \"a\"", "Logger.LogFirst(\"j\"); Logger.Log(e);", quote: false));

    private static string Handler(string events, string statements, bool quote = true) => In(
        $"[OnJobEvent({(quote ? $"\"{events}\"" : events)})] public void On(JobEvent e) {{ {statements} }}");

    private static string Method(string statements) =>
        In($"[OnJobEvent(\"z\")] public void On() {{ }} public static void M(JobEvent e) {{ {statements} }}");

    private static string In(string member) => $$"""
        #pragma warning disable CS4014, CS0649
        internal static partial class Events
        {
            [JobEvent("first")]
            public static partial void LogFirst(this IJobEventLogger logger, string jobId);

            [JobEvent("second")]
            public static partial ValueTask LogSecondAsync(this IJobEventLogger logger, string jobId);
        }

        internal sealed partial class C
        {
            private static readonly IJobEventLogger Logger = null!;
            private static readonly IJobEventStore Store = null!;
            private static readonly JobEventProcessor Processor = null!;

            [JobEvent("made")]
            public static partial JobEvent Made(string jobId);

            {{member}}

            private static Task<int> Size() => Task.FromResult(Store is null || Processor is null ? 1 : 2);
        }
        """;
}
