using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Security;

/// <summary>What users of each role do: all of it has to go through with the least that they are permitted.</summary>
internal static class RoleWork
{
    public static readonly NaqEventsOptions Options = new() { Environment = "prod", Service = "shop" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static JetStreamEventStore Open(INatsConnection connection, TestLog log, Action<JetStreamOptions>? configure = null)
    {
        var stream = new JetStreamOptions { UseJobView = false, Timeout = TimeSpan.FromSeconds(2) };
        configure?.Invoke(stream);
        return new JetStreamEventStore(connection, Options, stream, log);
    }

    /// <summary>Logs events until they are stored.</summary>
    public static async Task LogAsync(JetStreamEventStore store)
    {
        await using var logger = new JobEventLogger(store, Options);
        for (var i = 0; i < 10; i++)
            logger.Log(new JobEvent($"job-{i}", i == 0 ? JobEventType.Failed : JobEventType.Started) { QueueName = "orders" });

        using var deadline = new CancellationTokenSource(Patience);
        Assert.Equal(0, (await logger.FlushAsync(deadline.Token)).Remaining);
    }

    /// <summary>Asks for everything there is to ask for.</summary>
    public static async Task ReadAsync(JetStreamEventStore store)
    {
        _ = Assert.Single(await store.GetByJobAsync("job-1", cancellationToken: Token).ToListAsync(Token));
        Assert.NotEmpty(await store.QueryAsync(JobEventFilter.All.InQueue("orders"), new JobEventQueryOptions { Order = JobEventOrder.NewestFirst }, Token).ToListAsync(Token));
        Assert.NotEmpty((await store.QueryPageAsync(JobEventFilter.All.From(DateTimeOffset.UnixEpoch), new JobEventQueryOptions { Limit = 2 }, Token)).Events);
        Assert.NotEqual(0, await store.CountAsync(cancellationToken: Token));
        Assert.NotEmpty(await store.CountByTypeAsync(cancellationToken: Token));
        Assert.NotEmpty(await store.CountByServiceAsync(cancellationToken: Token));
        Assert.NotEqual(0, (await store.ExplainAsync(cancellationToken: Token)).EventsRead);
        Assert.NotNull(await store.GetJobAsync("job-1", cancellationToken: Token));
        Assert.NotEmpty(await store.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));
        Assert.True((await store.CheckHealthAsync(Token)).IsHealthy);
        await foreach (var jobEvent in store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token))
        {
            Assert.Equal("shop", jobEvent.Service);
            break;
        }
    }

    /// <summary>Handles events with retries and dead letters, and replays these.</summary>
    public static async Task ProcessAsync(JetStreamEventStore store, string name, Action<JobEventProcessorOptions>? configure = null)
    {
        var (handled, fails) = (0, true);
        var options = new JobEventProcessorOptions { Name = name, MaxDeliver = 2, RetryDelay = TimeSpan.FromMilliseconds(20), Start = JobEventStart.Beginning };
        configure?.Invoke(options);
        await using var processor = new JobEventProcessor(store, options);
        processor.AddHandlers(new EveryHandlers((jobEvent, _, _) =>
        {
            if (Volatile.Read(ref fails) && jobEvent.EventName == "failed")
                throw new InvalidOperationException("No.");

            _ = Interlocked.Increment(ref handled);
            return default;
        }));
        await processor.StartAsync(Token);
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) >= 9, Patience, "events are handled");
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) > 0, Patience, "one is a dead letter");
        _ = Assert.Single(await processor.DeadLetters!.ListAsync(cancellationToken: Token).ToListAsync(Token));
        Volatile.Write(ref fails, false);
        _ = await processor.DeadLetters.ReplayAllAsync(cancellationToken: Token);
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) >= 10, Patience, "the dead letter is handled");
        await processor.StopAsync(Token);
    }
}
