using System.Threading.Tasks.Sources;

namespace Naq.Events.Logging;

/// <summary>
/// A signal that one waiter waits for. A signal without a waiter is kept for the next one. Neither side allocates, since log calls
/// set it.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource, IAsyncDisposable
{
    private const int Unset = 0;
    private const int IsSet = 1;
    private const int Awaited = 2;

    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;
    private bool _timed;

    public AsyncSignal(TimeProvider timeProvider) => _timer = timeProvider.CreateTimer(
        static signal => ((AsyncSignal)signal!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Whether the waiter waits, and was not signalled since.</summary>
    public bool IsAwaited => Volatile.Read(ref _state) == Awaited;

    public void Set()
    {
        if (Interlocked.Exchange(ref _state, IsSet) == Awaited)
            _source.SetResult(true);
    }

    /// <summary>Waits for the signal, or until the time is up. Either may come early: the waiter looks again.</summary>
    public ValueTask WaitAsync(TimeSpan timeout)
    {
        // A timer that is late for an earlier wait wakes this one for nothing, which does no harm.
        if (_timed || timeout != Timeout.InfiniteTimeSpan)
        {
            _timed = timeout != Timeout.InfiniteTimeSpan;
            _ = _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }

        if (Interlocked.CompareExchange(ref _state, Awaited, Unset) == Unset)
            return new ValueTask(this, _source.Version);

        Volatile.Write(ref _state, Unset);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    void IValueTaskSource.GetResult(short token)
    {
        _ = _source.GetResult(token);
        _source.Reset();

        // What is signalled up to here is seen by the waiter, which looks at the state now; what comes later counts for the next wait.
        Volatile.Write(ref _state, Unset);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
