using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>Records the batches it takes; what it does before that is the test's.</summary>
internal sealed class RecordingStore(Func<IReadOnlyList<JobEvent>, CancellationToken, ValueTask>? before = null) : StubStore
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<JobEvent>> _batches = [];
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<IReadOnlyList<JobEvent>> Batches
    {
        get
        {
            lock (_lock)
                return [.. _batches];
        }
    }

    public IReadOnlyList<JobEvent> Events => [.. Batches.SelectMany(static batch => batch)];

    public IReadOnlyList<Guid> Ids => [.. Events.Select(static jobEvent => jobEvent.Id)];

    public override async ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default)
    {
        _ = Interlocked.Increment(ref _calls);
        if (before is not null)
            await before(jobEvents, cancellationToken);

        lock (_lock)
            _batches.Add([.. jobEvents]);
    }
}
