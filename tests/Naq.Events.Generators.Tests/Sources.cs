namespace Naq.Events.Generators.Tests;

/// <summary>Declarations that several tests use.</summary>
internal static class Sources
{
    public const string Factory = """
        namespace Shop;

        internal static partial class OrderEvents
        {
            [JobEvent(JobEventType.Completed, "Shipped {parcels} parcels in {durationMs:F2} ms")]
            public static partial JobEvent Shipped(string jobId, string workerId, double durationMs, int parcels);
        }
        """;

    public const string LoggerMethod = """
        namespace Shop;

        internal static partial class OrderEvents
        {
            [JobEvent("payment_captured", "Captured {amount} {currency}")]
            public static partial void LogPaymentCaptured(this IJobEventLogger logger,
                string jobId, decimal amount, string? currency, [JobEventTag] string tenant);
        }
        """;

    public const string Handlers = """
        namespace Shop;

        internal sealed partial class OrderHandlers
        {
            public List<string> Calls { get; } = [];

            [OnJobEvent(JobEventType.Failed)]
            public ValueTask OnFailed(JobEvent e, JobEventContext context, CancellationToken ct)
            {
                Calls.Add("failed " + e.JobId);
                return ValueTask.CompletedTask;
            }

            [OnJobEvent("payment_captured", "failed")]
            private Task OnPayment(string jobId, decimal amount = 0, string? currency = null, CancellationToken ct = default)
            {
                Calls.Add(FormattableString.Invariant($"payment {jobId} {amount} {currency}"));
                return Task.CompletedTask;
            }

            [OnJobEvent]
            public void Audit(JobEvent e) => Calls.Add("audit " + e.EventName);
        }
        """;

    /// <summary>Calls every handler of an event in turn, as the processor does.</summary>
    public const string Dispatcher = """
        namespace Shop;

        internal static class Dispatcher
        {
            public static IReadOnlyList<string> Names<T>(JobEvent jobEvent)
                where T : Naq.Events.CompilerServices.IJobEventHandlers<T> =>
                [.. T.GetHandlers(jobEvent.EventType, jobEvent.EventName).ToArray().Select(handler => handler.Name)];

            public static IReadOnlyList<string> Events<T>()
                where T : Naq.Events.CompilerServices.IJobEventHandlers<T> => T.HandledEvents;

            public static void Dispatch<T>(T handlers, JobEvent jobEvent, JobEventContext? context = null)
                where T : Naq.Events.CompilerServices.IJobEventHandlers<T>
            {
                foreach (var handler in T.GetHandlers(jobEvent.EventType, jobEvent.EventName).ToArray())
                {
                    if (handler.Filter?.Invoke(jobEvent) != false)
                        handler.Invocation(handlers, jobEvent, handler.NeedsContext ? context! : null!, default).AsTask().GetAwaiter().GetResult();
                }
            }
        }
        """;
}
