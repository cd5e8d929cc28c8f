namespace Naq.Events.JetStream;

/// <summary>
/// Reads from "new" that are being started. What this process appends after such a read was begun waits for it, for otherwise the
/// server might store the event first, and the read would not see it.
/// </summary>
internal sealed class LiveStarts
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _none;

    /// <summary>A read is being started; dispose what is returned when it has.</summary>
    public Start Begin()
    {
        lock (_gate)
        {
            _count++;
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Start(this);
    }

    /// <summary>Whether one is being started.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Waits until none is being started.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (!Any)
            return ValueTask.CompletedTask;

        lock (_gate)
            return _none is null ? ValueTask.CompletedTask : new ValueTask(_none.Task.WaitAsync(cancellationToken));
    }

    private void End()
    {
        TaskCompletionSource? none = null;
        lock (_gate)
        {
            if (--_count == 0)
                (none, _none) = (_none, null);
        }

        none?.SetResult();
    }

    public sealed class Start(LiveStarts owner) : IDisposable
    {
        private LiveStarts? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.End();
    }
}
