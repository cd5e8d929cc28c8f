namespace Naq.Events.Generators.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void Factory() => Verify(Sources.Factory);

    [Fact]
    public void LoggerMethod() => Verify(Sources.LoggerMethod);

    [Fact]
    public void DispatchTable() => Verify(Sources.Handlers);

    [Fact]
    public void EveryFieldOfALoggerMethod() => Verify(EveryField(
        "[JobEvent(\"every_field\", \"Attempt {attempt} of {class}: {error}\")]\n"
        + "        public static partial ValueTask LogAll(IJobEventLogger logger, ", ", CancellationToken stop = default"));

    [Fact]
    public void EveryFieldOfAFactory() => Verify(EveryField(
        "[JobEvent(JobEventType.Failed, \"Attempt {attempt} of {class}: {error}\")]\n"
        + "        public static partial JobEvent All(", ""));

    [Fact]
    public void ParameterAttributesAndRedaction() => Verify("""
        namespace Shop;

        internal static partial class LoginEvents
        {
            [JobEvent("login_refused", "Refused {user} with {password}")]
            public static partial void LogLoginRefused(this IJobEventLogger logger,
                [JobEventField(JobEventFieldName.JobId)] string login, [JobEventDetail("user")] [Hash] string user, [Redact] string password,
                [JobEventMetadata] int schemaVersion, params ReadOnlySpan<(string Name, string Value)> tags);

            [JobEvent("login_refused", "Refused {user} with {password}")]
            public static partial JobEvent LoginRefused(
                [JobEventField(JobEventFieldName.JobId)] string login, [JobEventDetail("user")] [Hash] string user, [Redact] string password,
                [JobEventMetadata] int schemaVersion, params ReadOnlySpan<(string Name, string Value)> tags);
        }
        """);

    [Fact]
    public void Policies() => Verify("""
        namespace Shop;

        [HandlerTimeout(90)]
        [HandlerConcurrency(8)]
        [Ordering(JobEventOrdering.PerKey, Key = "order_id")]
        [NeverRetry(typeof(System.FormatException), typeof(System.Collections.Generic.KeyNotFoundException))]
        internal sealed partial class PaymentHandlers
        {
            [OnJobEvent("payment_captured")]
            [Retry(8, DelaySeconds = 0.5, MaxDelaySeconds = 3600, Backoff = JobEventBackoff.Linear)]
            [DropOn(typeof(System.TimeoutException))]
            public Task OnCaptured(JobEventContext context) => Task.CompletedTask;

            [OnJobEvent("payment_refused", Queue = "cards")]
            [HandlerTimeout(5)]
            [HandlerConcurrency(1)]
            [NeverRetry]
            [Retry(3)]
            public static void OnRefused() { }
        }
        """);

    [Fact]
    public void FiltersServicesAndInheritedHandlers() => Verify("""
        namespace Shop;

        internal abstract partial class MailHandlers
        {
            [OnJobEvent(JobEventType.Failed, Queue = "emails-*", Service = "shop")]
            protected static void OnFailed(string jobId, [FromServices] List<string> log, [FromServices] Uri? address) =>
                log.Add(jobId + address);
        }

        internal sealed partial class ImportantMailHandlers : MailHandlers
        {
            [OnJobEvent(Queue = "*-high")]
            [OnJobEvent("bounced", "refused", WorkerType = "*smtp*")]
            [OnJobEvent("lost")]
            private ValueTask OnImportant([JobEventDetail("to")] string? receiver, [JobEventField(JobEventFieldName.WorkerId)] string? machine) =>
                receiver == machine ? default : ValueTask.CompletedTask;
        }
        """);

    [Fact]
    public void NestedAndGenericTypes() => Verify("""
        namespace Shop.@namespace;

        internal partial record struct Outer<TKey>(TKey Key)
            where TKey : notnull
        {
            internal partial interface IVariant<in TItem, out TResult>
            {
                [JobEvent("nested", "plain text with {{braces}} and \"quotes\"")]
                static partial void Log(IJobEventLogger logger, string jobId);
            }

            internal static partial class @event
            {
                [JobEvent("nested")]
                internal static partial JobEvent Nested(string jobId);
            }

            internal sealed partial record Handlers<T>(T Item)
                where T : class
            {
                [OnJobEvent("nested")]
                private static void OnNested(string jobId) => Console.WriteLine(jobId);

                [OnJobEvent("nested")]
                private static void OnNested(int @class) => Console.WriteLine(@class);
            }
        }
        """);

    [Fact]
    public void HandlerClassAndStaticMethods() => Verify("""
        [OnJobEvent(JobEventType.Started)]
        [OnJobEvent("dequeued")]
        internal sealed partial class Watch
        {
            private readonly int JobEventTable = 1;

            public static Task HandleAsync(JobEventType type, string eventName, string? workerId, string workerType = "unknown",
                TimeSpan? duration = null, long attempt = 1, IReadOnlyDictionary<string, string>? tags = null)
            {
                Console.WriteLine($"{type} {eventName} {workerId} {workerType} {duration} {attempt} {tags?.Count}");
                return Task.CompletedTask;
            }

            [OnJobEvent("size_known")]
            private void ToString(long sizeBytes, double? ratio, DateOnly day, bool last = true, float factor = 1.5F, Guid id = default) =>
                Console.WriteLine($"{JobEventTable} {sizeBytes} {ratio} {day} {last} {factor} {id}");
        }
        """);

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        var run = GeneratorRun.Of(source);
        _ = run.Load();
        Baseline.Verify(run, name);
    }

    private static string EveryField(string head, string tail) => $$"""
        namespace Shop;

        internal static partial class AllEvents
        {
            {{head}}string jobId, DateTimeOffset? timestamp,
                string workerId, string? workerType, string queueName, string? message, ArgumentException? error,
                TimeSpan duration, float memoryMb, int? cpuTimeMs, Dictionary<string, string>? tags, [JobEventTag("shard")] in int writer,
                JobEventFields metadata, short attempt, string? runId, string? parentId, string? rootId, string? correlationId,
                string @class, Guid? requestId, DateOnly details2, bool URLPath, char c{{tail}});
        }
        """;
}
