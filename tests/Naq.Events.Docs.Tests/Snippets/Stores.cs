namespace Naq.Events.Docs.Tests.Snippets;

internal static class Stores
{
    public static async Task Remove(IJobEventStore store, ulong sequence)
    {
        var removed = await store.DeleteByJobAsync("order-17");
        removed += await store.DeleteAsync(JobEventFilter.All.OfNames("dequeued").InQueue("orders"));
        var wasThere = await store.EraseAsync(sequence);
        removed += await store.CleanupExpiredAsync();
        Console.WriteLine($"{removed} removed, erased: {wasThere}");
    }

    public static async Task Append(IJobEventStore store, IReadOnlyList<JobEvent> jobEvents)
    {
        try
        {
            await store.AppendAsync(jobEvents);
        }
        catch (JobEventAppendException exception)
        {
            foreach (var failure in exception.Failures)
                Console.Error.WriteLine($"Event {failure.Index} ({failure.Id}): {failure.Reason}, may be stored: {failure.MayBeStored}");
        }
    }

    public static void Retention(JetStreamOptions options)
    {
        options.MaxAge = TimeSpan.FromDays(90);
        options.Retention["dequeued"] = TimeSpan.FromDays(1);
        options.Retention["failed"] = TimeSpan.FromDays(90);
        options.Retention["*"] = TimeSpan.FromDays(7);
    }

    public static async Task Subscribe(IJobEventStore store, JobEventCursor cursor, CancellationToken cancellationToken)
    {
        var filter = JobEventFilter.ForTypes(JobEventType.Failed).InQueue("orders");
        var options = new JobEventSubscriptionOptions { Start = JobEventStart.After(cursor) };
        await foreach (var message in store.SubscribeAsync(filter, options, cancellationToken))
        {
            switch (message)
            {
                case JobEventReceived received:
                    Console.WriteLine($"{received.Event.JobId}: {received.Event.Message} ({received.Pending} to go)");
                    break;
                case JobEventsCaughtUp:
                    Console.WriteLine("Live.");
                    break;
                case JobEventsFellBehind behind:
                    Console.WriteLine($"{behind.Pending} events behind.");
                    break;
                case JobEventsLost lost:
                    Console.WriteLine($"Up to {lost.Count} events were removed before they were read.");
                    break;
            }

            cursor = message.Cursor;
        }
    }
}
