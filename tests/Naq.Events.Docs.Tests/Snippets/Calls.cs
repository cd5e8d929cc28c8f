namespace Naq.Events.Docs.Tests.Snippets;

internal static class Calls
{
    public static void ReadmeLog(IJobEventLogger logger)
    {
        logger.LogJobStarted("order-17", workerId: "worker-3", workerType: "async");
        logger.LogPaymentCaptured("order-17", 49.90m, "EUR", tenant: "acme");
        logger.Log(OrderEvents.Shipped("order-17", "worker-3", durationMs: 1250, parcels: 2));
    }

    public static async Task<long> ReadmeAsk(IJobEventStore store)
    {
        await foreach (var jobEvent in store.GetByJobAsync("order-17"))
            Console.WriteLine($"{jobEvent.Timestamp:O} {jobEvent.EventName}: {jobEvent.Message}");

        var failed = await store.CountAsync(JobEventFilter.ForTypes(JobEventType.Failed));
        return failed;
    }

    public static JobEvent ByHand()
    {
        var jobEvent = new JobEvent("order-17", "label_printed")
        {
            WorkerId = "worker-3",
            Message = "Printed 2 labels",
            Details = JobEventFields.Parse("""{"printer": "dock-4", "labels": 2}"""),
            Tags = new Dictionary<string, string> { ["tenant"] = "acme" },
        };
        return jobEvent;
    }

    public static JobEvent? Parse(byte[] utf8Json)
    {
        if (!JobEvent.TryParse(utf8Json, out var parsed, out var problem))
            Console.Error.WriteLine(problem);

        return parsed;
    }

    public static void Log(IJobEventLogger logger, Exception exception)
    {
        logger.LogJobEnqueued("order-17", queueName: "orders", priority: 5);
        logger.LogJobFailed("order-17", workerId: "worker-3", exception, durationMs: 812, retryCount: 1);
    }

    public static async Task Flush(IJobEventLogger logger, CancellationToken cancellationToken)
    {
        var flushed = await logger.FlushAsync(cancellationToken);
        if (!flushed.Completed)
            Console.Error.WriteLine($"{flushed.Remaining} events are not stored yet.");
    }

    public static async Task WithoutHost()
    {
        await using var ownStore = new InMemoryJobEventStore();
        await using var ownLogger = new JobEventLogger(ownStore, new NaqEventsOptions { Service = "shop" });
        ownLogger.LogJobStarted("order-17", "worker-3", "async");
    }

    public static async Task<long> Query(IJobEventStore store)
    {
        await foreach (var step in store.GetByJobAsync("order-17", limit: 50))
            Console.WriteLine($"{step.Sequence} {step.EventName}");

        var retries = await store.CountAsync(JobEventFilter.ForNames("retry_scheduled", "retry_started"));
        var everywhere = await store.CountAsync(new JobEventFilter { Service = JobEventFilter.AllServices });
        return retries + everywhere;
    }

    public static async Task Resume(IJobEventStore store, ulong lastSequence, CancellationToken cancellationToken)
    {
        await foreach (var live in store.StreamAsync(start: JobEventStart.At(lastSequence + 1), cancellationToken: cancellationToken))
            lastSequence = live.Sequence;
    }

    public static async Task<JobEvent> Wait(IJobEventStore store, CancellationToken cancellationToken)
    {
        var ended = await store.WaitForEventAsync("order-17", JobEventType.Completed, TimeSpan.FromMinutes(1), cancellationToken);
        return ended;
    }

    public static async Task Process(IJobEventStore store, IMailer mailer, CancellationToken cancellationToken)
    {
        await using var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = "billing" });
        processor.AddHandlers(new OrderHandlers(mailer));
        await processor.StartAsync(cancellationToken);
    }

    public static async Task GoOnElsewhere(JobEventProcessor processor, DateTimeOffset midnight, CancellationToken cancellationToken)
    {
        await processor.SkipToAsync(JobEventStart.Since(midnight), cancellationToken);
        var replayed = await processor.ReplayAsync(new JobEventFilter { Since = midnight }, cancellationToken: cancellationToken);
        Console.WriteLine($"{replayed.Handled} handled, {replayed.Failed} failed");
    }

    public static void PrintCatalog()
    {
        foreach (var description in JobEventCatalog.All)
            Console.WriteLine($"{description.Name}: {description.Summary} ({string.Join(", ", description.Fields)})");
    }
}
