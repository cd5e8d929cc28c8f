using System.Threading.Tasks.Sources;

namespace Naq.Events.Processing;

/// <summary>Wakes one worker, which is signalled once for each time that it waits. Neither side allocates.</summary>
internal sealed class WorkerSignal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };

    public ValueTask WaitAsync() => new(this, _source.Version);

    /// <summary>Ends the wait, which may not have begun yet.</summary>
    public void Set() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token)
    {
        _ = _source.GetResult(token);
        _source.Reset();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
