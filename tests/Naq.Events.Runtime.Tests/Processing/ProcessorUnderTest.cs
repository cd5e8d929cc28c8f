using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>A processor with one handler for every event, and what it logs.</summary>
internal sealed class ProcessorUnderTest : IAsyncDisposable
{
    public ProcessorUnderTest(
        IJobEventStore store,
        Func<JobEvent, JobEventContext, CancellationToken, ValueTask> handle,
        Action<JobEventProcessorOptions>? configure = null,
        TimeProvider? timeProvider = null)
    {
        var options = new JobEventProcessorOptions();
        configure?.Invoke(options);
        Processor = new JobEventProcessor(store, options, services: null, Log, timeProvider);
        Processor.AddHandlers(new EveryHandlers(handle));
    }

    public JobEventProcessor Processor { get; }

    public RecordedLog Log { get; } = new();

    public static async Task<ProcessorUnderTest> StartAsync(
        IJobEventStore store,
        Func<JobEvent, JobEventContext, CancellationToken, ValueTask> handle,
        Action<JobEventProcessorOptions>? configure = null,
        TimeProvider? timeProvider = null)
    {
        var test = new ProcessorUnderTest(store, handle, configure, timeProvider);
        await test.Processor.StartAsync();
        return test;
    }

    public static JobEvent Event(string jobId, int number = 0) => new(jobId, JobEventType.Started) { Message = $"{number}" };

    public ValueTask DisposeAsync() => Processor.DisposeAsync();
}
