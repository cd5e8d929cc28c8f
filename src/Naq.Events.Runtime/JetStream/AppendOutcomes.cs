using Naq.Events.Logging;

namespace Naq.Events.JetStream;

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

    void IPublishOutcomes.Stored(BufferedEvent bufferedEvent)
    {
        _ = Interlocked.Increment(ref _stored);
        End();
    }

    void IPublishOutcomes.Rejected(BufferedEvent bufferedEvent, string reason)
    {
        lock (_gate)
            FirstRefusal ??= (bufferedEvent, reason);

        End();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _completed.SetResult();
    }
}
