namespace Naq.Events.Generators.Tests.Execution;

public sealed class LoggerMethodTests
{
    [Fact]
    public void WritesTheEventToTheWire()
    {
        var logger = Script.Log(Sources.LoggerMethod, """
            namespace Shop;
            internal static class Program
            {
                public static void Run(IJobEventLogger logger)
                {
                    logger.LogPaymentCaptured("job-1", 12.50m, "EUR", "acme");
                    OrderEvents.LogPaymentCaptured(logger, "job-2", 1m, null, "\"ac\u0001me\"");
                }
            }
            """);

        Assert.EndsWith(
            ""","message":"Captured 12.50 EUR","details":{"amount":12.50,"currency":"EUR"},"tags":{"tenant":"acme"}}""",
            logger.Json[0], StringComparison.Ordinal);
        Assert.Equal("Captured 1 ", logger.Events[1].Message);
        Assert.Equal("""{"amount":1}""", logger.Events[1].Details.ToString());
        Assert.Equal("\"ac\u0001me\"", logger.Events[1].Tags["tenant"]);
        Assert.Equal(JobEventType.Custom, logger.Events[1].EventType);
    }

    /// <summary>The factory and the logger method of one declaration must make the same event, field by field.</summary>
    [Fact]
    public void AgreesWithTheFactory()
    {
        const string Parameters = """
            string jobId, DateTimeOffset timestamp, string workerId, string? workerType, string queueName, Exception? error,
            double durationMs, float memoryMb, int? cpuTimeMs, Dictionary<string, string>? tags, [JobEventTag("shard")] in int writer,
            JobEventFields metadata, short attempt, string? runId, string? parentId, string? rootId, string? correlationId,
            string @class, bool flag, bool? maybe, char c, sbyte i8, byte u8, short i16, ushort u16, int i32, uint u32, long i64, ulong u64,
            float f32, double f64, decimal money, Guid guid, DateTime time, DateTimeOffset offset, DateOnly date, TimeOnly clock,
            TimeSpan span, Guid? none, [JobEventTag] DateOnly day, [JobEventTag] double ratio, [JobEventTag] char letter, [JobEventTag] bool on,
            [JobEventTag] TimeSpan? left
            """;
        const string Arguments = """
            "job \"1\"", DateTimeOffset.FromUnixTimeMilliseconds(1634567890123), "w", null, "q", new ArgumentException("no\n\"thing\""),
            1.25, 2.5f, null, new Dictionary<string, string> { ["a"] = "b" }, 4,
            JobEventFields.Parse("{\"x\":[1]}"), 2, "r", "p", null, "c",
            "kl\u00e4sse \ud83d\ude00", true, null, '\'', -1, 2, -3, 4, -5, 6, -7, 8,
            1.5f, 1e300, 1.10m, new Guid("0123456789abcdef0123456789abcdef"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), new DateOnly(2026, 1, 2), new TimeOnly(3, 4, 5),
            TimeSpan.FromMinutes(90), null, new DateOnly(2026, 1, 2), 0.5, 'x', true, TimeSpan.FromSeconds(1)
            """;
        const string Template = "{class}|{flag}|{maybe}|{c}|{i8:X2}|{u64}|{f32}|{f64:E3}|{money:0.000}|{guid:N}|{time:u}|{offset:HH\\\\:mm}|{date}|{clock:HH:mm}|{span:c}|{none}|{error}|{left}";
        var logger = Script.Log($$"""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent("everything", "{{Template}}")]
                private static partial JobEvent Make({{Parameters}});

                [JobEvent("everything", "{{Template}}")]
                private static partial void Log(IJobEventLogger logger, {{Parameters}});

                public static void Run(IJobEventLogger logger)
                {
                    logger.Log(Make({{Arguments}}));
                    Log(logger, {{Arguments}});
                }
            }
            """);

        var id = Guid.NewGuid();
        Assert.Equal(logger.Events[0] with { Id = id }, logger.Events[1] with { Id = id });
        Assert.Equal(
            "klässe 😀|True||'|FF|8|1.5|1.000E+300|1.100|0123456789abcdef0123456789abcdef|2026-01-02 03:04:05Z|03:04|01/02/2026|03:04|01:30:00||no\n\"thing\"|00:00:01",
            logger.Events[1].Message);
    }

    [Fact]
    public void AValueTaskMethodPassesTheToken()
    {
        var logger = Script.Log("""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent(JobEventType.Started)]
                public static partial ValueTask LogStartedAsync(IJobEventLogger logger, string jobId, CancellationToken stop = default);

                public static void Run(IJobEventLogger logger)
                {
                    using var source = new CancellationTokenSource();
                    source.Cancel();
                    Assert(LogStartedAsync(logger, "j", source.Token).IsCompletedSuccessfully);
                }

                private static void Assert(bool condition)
                {
                    if (!condition) throw new InvalidOperationException();
                }
            }
            """);

        Assert.True(logger.CancellationToken.IsCancellationRequested);
        Assert.Equal(JobEventType.Started, logger.OnlyEvent.EventType);
    }

    [Fact]
    public void AMessageParameterOverridesTheTemplate()
    {
        var logger = Script.Log("""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent("noted", "from the template")]
                static partial void Note(IJobEventLogger logger, string jobId, string? message = null);

                public static void Run(IJobEventLogger logger)
                {
                    Note(logger, "j");
                    Note(logger, "j", "given");
                }
            }
            """);

        Assert.Equal(["from the template", "given"], logger.Events.Select(logged => logged.Message));
    }

    [Fact]
    public void StandardEventsAreDeclaredInTheRuntime()
    {
        var logger = new RecordingLogger();
        logger.LogJobFailed("job-1", "worker-1", new TimeoutException("late"), 12.345, retryCount: 2);
        var made = JobEvents.Failed("job-1", "worker-1", new TimeoutException("late"), 12.345, retryCount: 2);

        Assert.Equal("Failed after 12.35 ms, retry 2", made.Message);
        Assert.Equal("""{"retry_count":2}""", made.Details.ToString());
        Assert.Equal("System.TimeoutException", made.ErrorType);
        Assert.Equal(made with { Id = default, Timestamp = DateTimeOffset.UnixEpoch },
            logger.OnlyEvent with { Id = default, Timestamp = DateTimeOffset.UnixEpoch });
    }
}
