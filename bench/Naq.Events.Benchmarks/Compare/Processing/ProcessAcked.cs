using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>A durable processor that decodes, dispatches to a trivial handler and acknowledges, beside a durable consumer whose payloads nobody looks at.</summary>
internal sealed class ProcessAcked() : ProcessingRow("process.acked", goal: 0.9)
{
    protected override int Jobs => 10_000;

    protected override int EventsOf(bool quick) => quick ? 20_000 : 100_000;

    protected override async Task ProcessAsync(IJobEventStore store, string name)
    {
        var handlers = new CountingHandlers(Events);
        var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = name });
        await using (processor.ConfigureAwait(false))
        {
            processor.AddHandlers(handlers);
            await processor.StartAsync().ConfigureAwait(false);
            await handlers.Done.ConfigureAwait(false);
        }
    }

    protected override async Task ConsumeAsync(INatsJSConsumer consumer)
    {
        var left = Events;
        await foreach (var message in consumer.ConsumeAsync(NatsRawSerializer<byte[]>.Default).ConfigureAwait(false))
        {
            await message.AckAsync().ConfigureAwait(false);
            if (--left == 0)
                return;
        }
    }
}
