using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>What became of the events of one append.</summary>
internal sealed class AppendOutcomes : IPublishOutcomes
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _open;
    private int _stored;

    public AppendOutcomes(int events)
    {
        _open = events;
        if (events == 0)
            _completed.SetResult();
    }

    /// <summary>Completed when every event has its outcome.</summary>
    public Task Completed => _completed.Task;

    public int Open => Volatile.Read(ref _open);

    public int Stored => Volatile.Read(ref _stored);

    public (BufferedEvent Event, string Reason)? FirstRefusal { get; private set; }

    void IPublishOutcomes.Stored(ReadOnlySpan<BufferedEvent> events)
    {
        _ = Interlocked.Add(ref _stored, events.Length);
        End(events.Length);
    }

    void IPublishOutcomes.Rejected(BufferedEvent bufferedEvent, string reason)
    {
        lock (_gate)
            FirstRefusal ??= (bufferedEvent, reason);

        End(1);
    }

    private void End(int events)
    {
        if (Interlocked.Add(ref _open, -events) == 0)
            _completed.SetResult();
    }
}
