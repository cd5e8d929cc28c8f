namespace Naq.Events.Generators.Tests.Execution;

public sealed class DispatchTests
{
    private const string Binding = """
        namespace Shop;
        internal sealed partial class Binder
        {
            public string Seen = "";

            [OnJobEvent("sized")]
            private void OnSized(string jobId, DateTimeOffset timestamp, long sizeBytes, int? parts, string tenant, double ratio = 0.5,
                int attempt = 1, string? workerId = null, TimeSpan? duration = null) =>
                Seen = FormattableString.Invariant($"{jobId} {sizeBytes} {parts} {tenant} {ratio} {attempt} {workerId} {duration} {timestamp.Year}");

            [OnJobEvent("needs_worker")]
            private void OnWorker(string workerId, double durationMs) => Seen = workerId + durationMs;
        }
        internal static class Program
        {
            public static string Run(JobEvent jobEvent)
            {
                var binder = new Binder();
                Dispatcher.Dispatch(binder, jobEvent);
                return binder.Seen;
            }
        }
        """;

    [Fact]
    public void HandlersAreFoundByTypeAndByNameInTheirOrder()
    {
        var names = Script.Run<string[]>([Sources.Handlers, Sources.Dispatcher, """
            namespace Shop;
            internal static class Program
            {
                public static string[] Run() =>
                [
                    string.Join(",", Dispatcher.Names<OrderHandlers>(new JobEvent("j", JobEventType.Failed))),
                    string.Join(",", Dispatcher.Names<OrderHandlers>(new JobEvent("j", "payment_captured"))),
                    string.Join(",", Dispatcher.Names<OrderHandlers>(new JobEvent("j", "something_else"))),
                    string.Join(",", Dispatcher.Names<OrderHandlers>(new JobEvent("j", JobEventType.Started))),
                    string.Join(",", Dispatcher.Events<OrderHandlers>()),
                ];
            }
            """]);

        Assert.Equal(
            [
                "OrderHandlers.OnFailed,OrderHandlers.OnPayment,OrderHandlers.Audit",
                "OrderHandlers.OnPayment,OrderHandlers.Audit",
                "OrderHandlers.Audit",
                "OrderHandlers.Audit",
                "",
            ],
            names);
    }

    [Fact]
    public void HandlersAreCalled()
    {
        var calls = Script.Run<List<string>>([Sources.Handlers, Sources.Dispatcher, """
            namespace Shop;
            internal static class Program
            {
                public static List<string> Run()
                {
                    var handlers = new OrderHandlers();
                    Dispatcher.Dispatch(handlers, new JobEvent("j1", JobEventType.Failed));
                    Dispatcher.Dispatch(handlers, new JobEvent("j2", "payment_captured") { Details = JobEventFields.Parse("{\"amount\":1.50,\"currency\":\"EUR\"}") });
                    return handlers.Calls;
                }
            }
            """]);

        Assert.Equal(
            ["failed j1", "payment j1 0 ", "audit failed", "payment j2 1.50 EUR", "audit payment_captured"], calls);
    }

    [Fact]
    public void ParametersAreBoundFromFieldsDetailsTagsAndMetadata()
    {
        var sized = new JobEvent("job-1", "sized")
        {
            Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Details = JobEventFields.Parse("""{"size_bytes":7,"parts":null}"""),
            Tags = new Dictionary<string, string> { ["parts"] = "3" },
            Metadata = JobEventFields.Parse("""{"tenant":"acme","size_bytes":9}"""),
            DurationMs = 1500,
        };

        Assert.Equal("job-1 7 3 acme 0.5 1  00:00:01.5000000 2026", Bind(sized));
    }

    [Theory]
    [InlineData("""{"tenant":"t"}""", "'size_bytes': it needs an integer of 64 bits, and there was nothing.")]
    [InlineData("""{"tenant":"t","size_bytes":"7"}""", "'size_bytes': it needs an integer of 64 bits, and there was the string \"7\".")]
    [InlineData("""{"tenant":"t","size_bytes":7.5}""", "'size_bytes': it needs an integer of 64 bits, and there was the number 7.5.")]
    [InlineData("""{"tenant":5,"size_bytes":7}""", "'tenant': it needs a string, and there was the number 5.")]
    [InlineData("""{"tenant":"t","size_bytes":7,"parts":3000000000}""", "'parts': it needs an integer of 32 bits, and there was the number 3000000000.")]
    public void WhatCannotBeBoundIsNamed(string details, string problem)
    {
        var exception = Assert.Throws<JobEventBindingException>(
            () => Bind(new JobEvent("job-1", "sized") { Details = JobEventFields.Parse(details) }));

        Assert.Equal("Event 'sized' of job 'job-1' cannot be bound to parameter " + problem, exception.Message);
        Assert.Equal("job-1", exception.JobId);
    }

    [Fact]
    public void ARequiredFieldThatIsAbsentIsNamed()
    {
        var exception = Assert.Throws<JobEventBindingException>(() => Bind(new JobEvent("job-1", "needs_worker")));
        Assert.Equal("worker_id", exception.Parameter);
        exception = Assert.Throws<JobEventBindingException>(() => Bind(new JobEvent("job-1", "needs_worker") { WorkerId = "w" }));
        Assert.Equal("duration_ms", exception.Parameter);
    }

    /// <summary>Whatever a declaration writes, a handler with a parameter of the same type and name reads, from details and tags.</summary>
    [Fact]
    public void EveryTypeSurvivesTheRoundTrip()
    {
        const string Values = "bool flag = true|char c = 'x'|sbyte i8 = -1|byte u8 = 2|short i16 = -3|ushort u16 = 4|int i32 = -5|uint u32 = 6"
            + "|long i64 = long.MinValue|ulong u64 = ulong.MaxValue|float f32 = float.Epsilon|double f64 = double.MaxValue|double nan = double.NaN"
            + "|float inf = float.NegativeInfinity|decimal money = 1.10m|Guid guid = new(\"0123456789abcdef0123456789abcdef\")"
            + "|DateTime time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)|DateTimeOffset offset = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))"
            + "|DateOnly date = new(2026, 1, 2)|TimeOnly clock = new(3, 4, 5)|TimeSpan span = new(1, 2, 3, 4)|string text = \"t\"";
        var values = Values.Split('|').Select(value => value.Split(" = ")).ToList();
        var parameters = string.Join(", ", values.Select(value => value[0]));
        var tags = string.Join(", ", values.Select(value => "[JobEventTag] " + value[0]));
        var names = string.Join(", ", values.Select(value => value[0].Split(' ')[1]));
        var result = Script.Run<object[]>([Sources.Dispatcher, $$"""
            namespace Shop;
            internal sealed partial class Program
            {
                {{string.Join("\n", values.Select(value => $"private static readonly {value[0]} = {value[1]};"))}}
                private object[] seen = [];

                [JobEvent("everything")]
                private static partial JobEvent InDetails(string jobId, {{parameters}});

                [JobEvent("everything")]
                private static partial JobEvent InTags(string jobId, {{tags}});

                [OnJobEvent("everything")]
                private void On({{parameters}}) => seen = [{{names}}];

                public static object[] Run()
                {
                    var program = new Program();
                    Dispatcher.Dispatch(program, JobEvent.Parse(InDetails("j", {{names}}).ToUtf8Json()));
                    var inDetails = program.seen;
                    Dispatcher.Dispatch(program, InTags("j", {{names}}));
                    return [new object[] { {{names}} }, inDetails, program.seen];
                }
            }
            """]);

        Assert.Equal((object[])result[0], (object[])result[1]);
        Assert.Equal((object[])result[0], (object[])result[2]);
    }

    private static string Bind(JobEvent jobEvent) => Script.Run<string>([Binding, Sources.Dispatcher], jobEvent);
}
