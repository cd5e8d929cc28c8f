namespace Naq.Events.Docs.Tests.Snippets;

internal static class Views
{
    public static async Task Job(IJobEventStore store)
    {
        if (await store.GetJobAsync("order-17") is { } job)
        {
            Console.WriteLine($"{job.State}, attempt {job.Attempt} on {job.WorkerId}: {job.LastError?.Message}");
            foreach (var entry in job.Timeline)
                Console.WriteLine($"{entry.Timestamp:O} {entry.EventName}: {entry.StateBefore} -> {entry.StateAfter}");
        }
    }

    public static async Task List(IJobEventStore store, TimeProvider timeProvider)
    {
        var stuck = new JobListOptions
        {
            States = [JobState.Running, JobState.Stalled],
            QueueName = "orders",
            Since = timeProvider.GetUtcNow().AddHours(-1),
        };
        await foreach (var job in store.ListJobsAsync(stuck))
            Console.WriteLine($"{job.JobId} runs since {job.StartedAt:O}");
    }

    public static async Task View(JetStreamEventStore store)
    {
        await using var projector = new JobViewProjector(store, new JobViewProjectorOptions { TakeOverAfter = TimeSpan.FromSeconds(5) });
        await projector.StartAsync();
        var status = await projector.GetStatusAsync();
        Console.WriteLine($"In the view up to {status.Sequence}, {status.Behind} to go, used: {status.IsUsed}");
    }

    public static async Task Failures(IJobEventStore store, TimeProvider timeProvider)
    {
        var report = await store.TopFailuresAsync(since: timeProvider.GetUtcNow().AddDays(-1), limit: 5);
        foreach (var group in report.Groups)
            Console.WriteLine($"{group.Count} x {group.ErrorType} in {group.JobCount} jobs: {group.ErrorMessage}");
    }

    public static async Task Export(IJobEventStore store)
    {
        await using var file = File.Create("events.ndjson.gz");
        var exported = await store.ExportAsync(
            file, JobEventFilter.All.InQueue("orders"), new JobEventExportOptions { Compression = JobEventCompression.Gzip });
        Console.WriteLine($"{exported.Events} events; go on after {exported.LastSequence}");
    }

    public static async Task Import(IJobEventStore store, Stream file)
    {
        var imported = await store.ImportAsync(file);
        foreach (var refused in imported.RefusedLines)
            Console.Error.WriteLine($"line {refused.Line}: {refused.Problem}");
    }

    public static async Task Follow(IJobEventStore store, CancellationToken cancellationToken)
    {
        await foreach (var update in store.MonitorJobAsync("order-17", cancellationToken: cancellationToken))
            Console.WriteLine($"{update.Event.EventName}: {update.Job.State}");
    }
}
