namespace Naq.Events.Docs.Tests.Snippets;

internal static class Queries
{
    public static async Task Read(IJobEventStore store)
    {
        var slow = new JobEventFilter { EventNames = ["failed"], QueueName = "mail", Since = DateTimeOffset.UtcNow.AddHours(-1) };
        var same = JobEventFilter.All.OfTypes(JobEventType.Failed).InQueue("mail").From(DateTimeOffset.UtcNow.AddHours(-1));
        var typed = JobEventFilter.Parse("event_type=failed queue_name=mail tag.tenant=acme since=2026-01-31T00:00:00Z");
        Console.WriteLine($"{same} {typed}");

        await foreach (var failure in store.QueryAsync(slow, new JobEventQueryOptions { Order = JobEventOrder.NewestFirst, Limit = 20 }))
            Console.WriteLine($"{failure.Timestamp:O} {failure.JobId}: {failure.ErrorMessage}");

        var first = await store.QueryPageAsync(slow, new JobEventQueryOptions { Limit = 50 });
        var next = await store.QueryPageAsync(slow, new JobEventQueryOptions { Limit = 50, After = first.Next });
        Console.WriteLine(next.Events.Count);

        Console.WriteLine(await store.ExplainAsync(slow));
    }

    public static async Task<int> Count(IJobEventStore store)
    {
        var failedNow = await store.CountAsync(JobEventFilter.ForTypes(JobEventType.Failed).InAllServices());
        var byType = await store.CountByTypeAsync(JobEventFilter.ForJob("order-17"));
        var byService = await store.CountByServiceAsync();
        return (int)failedNow + byType.Count + byService.Count;
    }
}
