using System.Collections.Concurrent;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>A logger with everything around it recorded. Its end checks that all pooled memory came back, whatever the test did.</summary>
internal sealed class LoggerUnderTest : IAsyncDisposable
{
    private readonly ConcurrentQueue<JobEventLoss> _losses = new();

    private readonly IJobEventStore _store;

    public LoggerUnderTest(IJobEventStore store, Action<JobEventLoggerOptions>? configure = null, TimeProvider? timeProvider = null)
    {
        _store = store;
        var options = new NaqEventsOptions { Logger = { OnLoss = _losses.Enqueue } };
        configure?.Invoke(options.Logger);
        Logger = new JobEventLogger(store, options, Log, timeProvider, Pool);
    }

    public JobEventLogger Logger { get; }

    public CountingPool Pool { get; } = new();

    public RecordedLog Log { get; } = new();

    public IReadOnlyList<JobEventLoss> Losses => [.. _losses];

    public IReadOnlyList<Guid> Lost(JobEventLossKind kind) =>
        [.. _losses.Where(loss => loss.Kind == kind).SelectMany(static loss => loss.EventIds)];

    /// <summary>Logs an event as generated code does.</summary>
    /// <returns>Its id.</returns>
    public Guid Write(string? jobId, string? detail = null, DateTimeOffset? timestamp = null)
    {
        var writer = Logger.BeginEvent(jobId, "started"u8, timestamp);
        try
        {
            writer.BeginDetails();
            writer.Write("text"u8, detail);
            writer.EndDetails();
            var id = writer.Id;
            Logger.Log(ref writer);
            return id;
        }
        finally
        {
            writer.Dispose();
        }
    }

    public IReadOnlyList<Guid> WriteMany(int count) => [.. Enumerable.Range(0, count).Select(_ => Write("job"))];

    public async ValueTask DisposeAsync()
    {
        // A test that failed half-way must not hang here too.
        (_store as ManualStore)?.AcknowledgeAllFromNowOn();
        await Logger.DisposeAsync();
        Pool.AssertBalanced();
    }
}
