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
    [InlineData("await a; Use(a.Result);")]
    [InlineData("await a.ConfigureAwait(false); Use(a.GetAwaiter().GetResult()); a.Wait();")]
    [InlineData("await a.WaitAsync(TimeSpan.FromSeconds(1)); Use(a.ConfigureAwait(false).GetAwaiter().GetResult());")]
    [InlineData("var n = await a; if (n > 1) { while (n > 2) Use(a.Result); }")]
    [InlineData("int n; n = await a; Use(a.Result + n);")]
    [InlineData("await Task.WhenAll(a, b); Use(a.Result + b.Result);")]
    [InlineData("await Task.WhenAll([a, b]).ConfigureAwait(false); Use(a.Result + b.Result);")]
    [InlineData("var all = await Task.WhenAll(new[] { a, b }); Use(a.Result + all[1]);")]
    [InlineData("var local = Size(); local = Size(); await local; try { Use(local.Result); } finally { }")]
    public Task NothingIsReportedOfATaskThatIsAwaited(string statements) => RuleCheck.Passes(AsyncHandler(statements));

    [Theory]
    [InlineData("Use(a.Result); await a;", "a.Result")]
    [InlineData("await b; Use(a.Result);", "a.Result")]
    [InlineData("if (b.IsCompleted) await a; Use(a.Result);", "a.Result")]
    [InlineData("if (b.IsCompleted) { await a; } Use(a.Result);", "a.Result")]
    [InlineData("await a; a = Size(); Use(a.Result);", "a.Result")]
    [InlineData("await a; while (b.IsCompleted) { Use(a.Result); a = Size(); }", "a.Result")]
    [InlineData("await a; Fill(out a); Use(a.Result);", "a.Result")]
    [InlineData("await a; (a, b) = (b, a); Use(a.Result);", "a.Result")]
    [InlineData("Action change = () => a = Size(); await a; change(); Use(a.Result);", "a.Result")]
    [InlineData("await a; Func<int> later = () => a.Result; a = Size();", "a.Result")]
    [InlineData("await Task.WhenAny(a, b); Use(a.Result);", "a.Result")]
    [InlineData("var both = new[] { a, b }; await Task.WhenAll(both); Use(a.Result);", "a.Result")]
    [InlineData("await Size(); Use(Size().Result);", "Size().Result")]
    [InlineData("var value = new ValueTask<int>(a); await value; Use(value.Result);", "value.Result")]
    public Task Naq0024OfATaskThatMayNotBeComplete(string statements, string call) => RuleCheck.Reports(
        AsyncHandler(statements), $"NAQ0024 at '{call}': Handler 'On' blocks on a task with 'Result': await it");

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

    private static string AsyncHandler(string statements) => In($$"""
        [OnJobEvent("x")]
        public async Task On(JobEvent e) { Task<int> a = Size(), b = Size(); {{statements}} await Task.WhenAll(a, b); }
        private static void Use(int size) => Console.Write(size);
        private static void Fill(out Task<int> task) => task = Size();
        """);

    private static string Method(string statements) =>
        In($"[OnJobEvent(\"z\")] public void On() {{ }} public static void M(JobEvent e) {{ {statements} }}");

    private static string In(string member) => $$"""
        #pragma warning disable CS0414, CS0649, CS4014
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
