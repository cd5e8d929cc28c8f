using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>What became of the events of one append; each has its place in the list as its <see cref="BufferedEvent.Order"/>.</summary>
internal sealed class AppendOutcomes : IPublishOutcomes
{
    private const string Unanswered = "no answer came";

    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly BufferedEvent[] _events;
    private readonly bool[] _isStored;
    private readonly Dictionary<int, string> _refusals = [];
    private int _open;

    public AppendOutcomes(BufferedEvent[] events)
    {
        _events = events;
        _isStored = new bool[events.Length];
        _open = events.Length;
        if (events.Length == 0)
            _completed.SetResult();
    }

    /// <summary>Completed when every event has its outcome.</summary>
    public Task Completed => _completed.Task;

    public int Open => Volatile.Read(ref _open);

    /// <summary>The events that are not known to be stored, in their order.</summary>
    public IReadOnlyList<JobEventAppendFailure> Failures()
    {
        lock (_gate)
        {
            var failures = new List<JobEventAppendFailure>();
            for (var i = 0; i < _events.Length; i++)
            {
                if (_refusals.TryGetValue(i, out var reason))
                    failures.Add(new JobEventAppendFailure(i, _events[i].Id, reason));
                else if (!_isStored[i])
                    failures.Add(new JobEventAppendFailure(i, _events[i].Id, Unanswered) { MayBeStored = true });
            }

            return failures;
        }
    }

    void IPublishOutcomes.Stored(ReadOnlySpan<BufferedEvent> events)
    {
        lock (_gate)
        {
            foreach (var stored in events)
                _isStored[stored.Order] = true;
        }

        End(events.Length);
    }

    void IPublishOutcomes.Rejected(BufferedEvent bufferedEvent, string reason)
    {
        lock (_gate)
            _refusals[(int)bufferedEvent.Order] = reason;

        End(1);
    }

    private void End(int events)
    {
        if (Interlocked.Add(ref _open, -events) == 0)
            _completed.SetResult();
    }
}
