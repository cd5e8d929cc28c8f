using Naq.Events.Runtime.Tests.Processing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class BlockingTests
{
    [Fact]
    public void Blocking_calls_do_not_deadlock_under_a_synchronization_context()
    {
        // A store that comes back to the context it was called on, as code without ConfigureAwait(false) does.
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        var memory = new InMemoryJobEventStore();
        SingleThread.Run(() =>
        {
            using var logger = new JobEventLogger(store);
            logger.Log(new JobEvent("job", JobEventType.Started));
            Assert.True(logger.Flush(TimeSpan.FromSeconds(10)).Completed);
            var processor = new JobEventProcessor(memory);
            processor.AddHandlers(new EveryHandlers(static (_, _, _) => default));
            processor.Start();
            memory.Append(new JobEvent("job", JobEventType.Started));
            Assert.Equal(1, memory.Count());
            _ = Assert.Single(memory.GetByJob("job"));
            _ = Assert.Single(memory.GetByType("started"));
            Assert.True(memory.CheckHealth().IsHealthy);
            processor.Stop();
            logger.Log(new JobEvent("job", JobEventType.Completed));
        });
        Assert.Equal(2, store.Events.Count);
    }
}
