using System.Diagnostics.CodeAnalysis;

namespace Naq.Events.Processing;

/// <summary>
/// The lanes that a worker may begin with, and the workers that have nothing to do. One worker is woken at a time, and wakes the next when
/// it has found more than it takes: handlers that do not wait are run by as many threads as there are processors, and not by ten that look for
/// the same few events. Not safe by itself: every call is made under the lock of <see cref="Lanes"/>.
/// </summary>
internal sealed class ReadyLanes
{
    private readonly Queue<Lane> _lanes = new();
    private readonly Stack<WorkerSignal> _idle = new();
    private WorkerSignal? _woken;

    /// <summary>Whether no more lanes come, and the workers end.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Whether there is nothing to begin with.</summary>
    public bool IsEmpty => _lanes.Count == 0;

    public void Add(Lane lane)
    {
        _lanes.Enqueue(lane);
        Wake();
    }

    /// <summary>Takes the next lane for a worker; one that gets none has to wait, unless all is <see cref="IsCompleted"/>.</summary>
    public bool TryTake(WorkerSignal worker, [NotNullWhen(true)] out Lane? lane)
    {
        if (_woken == worker)
            _woken = null;

        if (_lanes.TryDequeue(out lane))
        {
            Wake();
            return true;
        }

        if (!IsCompleted)
            _idle.Push(worker);

        return false;
    }

    /// <summary>Has the workers end, which are all idle or about to look for a lane.</summary>
    public void Complete()
    {
        IsCompleted = true;
        while (_idle.TryPop(out var worker))
            worker.Set();
    }

    private void Wake()
    {
        if (_woken is null && _lanes.Count > 0 && _idle.TryPop(out _woken))
            _woken.Set();
    }
}
