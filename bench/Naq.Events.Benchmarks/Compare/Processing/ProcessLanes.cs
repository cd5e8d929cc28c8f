using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>
/// Handlers that wait a millisecond, 64 at once, for 10,000 jobs with their events in order, beside a consumer with a semaphore and no order.
/// </summary>
internal sealed class ProcessLanes() : ProcessingRow("process.lanes", goal: 0.9)
{
    private const int Concurrency = 64;

    protected override int Jobs => 10_000;

    protected override int EventsOf(bool quick) => quick ? 10_000 : 40_000;

    protected override async Task ProcessAsync(IJobEventStore store, string name)
    {
        var handlers = new WaitingHandlers(Events);
        var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = name, MaxConcurrentHandlers = Concurrency });
        await using (processor.ConfigureAwait(false))
        {
            processor.AddHandlers(handlers);
            await processor.StartAsync().ConfigureAwait(false);
            await handlers.Done.ConfigureAwait(false);
        }
    }

    protected override async Task ConsumeAsync(INatsJSConsumer consumer)
    {
        using var room = new SemaphoreSlim(Concurrency);
        var left = Events;
        await foreach (var message in consumer.ConsumeAsync(NatsRawSerializer<byte[]>.Default).ConfigureAwait(false))
        {
            await room.WaitAsync().ConfigureAwait(false);
            _ = HandleAsync(message, room);
            if (--left == 0)
                break;
        }

        for (var i = 0; i < Concurrency; i++)
            await room.WaitAsync().ConfigureAwait(false);
    }

    private static async Task HandleAsync(INatsJSMsg<byte[]> message, SemaphoreSlim room)
    {
        await Task.Delay(WaitingHandlers.Time).ConfigureAwait(false);
        await message.AckAsync().ConfigureAwait(false);
        _ = room.Release();
    }
}
