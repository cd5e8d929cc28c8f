using Naq.Events.Benchmarks.Compare.Logging;
using Naq.Events.Benchmarks.Compare.Processing;
using Naq.Events.Benchmarks.Compare.Publishing;
using Naq.Events.Benchmarks.Compare.Querying;

namespace Naq.Events.Benchmarks.Compare;

/// <summary>All rows, in the order of the table.</summary>
internal sealed class Comparisons : IAsyncDisposable
{
    private readonly History _history = new();

    public IEnumerable<Comparison> All() =>
    [
        new LogCall { BytesGoal = 0 },
        new LogCallThreads(),
        new Publish("publish.vs_concurrent", goal: 2.2, new ConcurrentPublishing()) { Ids = false },
        new Publish("publish.vs_pump", goal: 0.95, new BarePump(ids: false)) { Ids = false },
        new Publish("publish.ids.vs_pump", goal: 0.95, new BarePump(ids: true)),
        new Publish("publish.vs_guide", goal: 20, new AwaitedPublishing()) { Ids = false },
        new Publish("publish.synced", goal: 10, new ConcurrentPublishing { Share = 10 }) { Synced = true, Mode = PublishMode.AtomicBatch },
        new LoggedToStored(),
        .. HistoryRows.Of(_history),
        new StreamLatency(),
        new DispatchCall { BytesGoal = 0 },
        new ProcessAcked(),
        new ProcessLanes(),
        new LoggedToHandled(),
    ];

    public ValueTask DisposeAsync() => _history.DisposeAsync();
}
