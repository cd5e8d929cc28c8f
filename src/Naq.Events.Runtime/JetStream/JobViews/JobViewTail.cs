using System.Diagnostics.CodeAnalysis;

namespace Naq.Events.JetStream.JobViews;

/// <summary>Events that were stored after a sequence, by the keys of their jobs.</summary>
internal sealed class JobViewTail(long epoch, ulong after)
{
    private readonly Dictionary<string, List<JobEvent>> _events = new(StringComparer.Ordinal);

    /// <summary>The sequence of the last of them.</summary>
    public ulong Through { get; private set; } = after;

    public IEnumerable<string> Keys => _events.Keys;

    public void Add(JobEvent jobEvent)
    {
        var key = JobViewKey.Of(epoch, jobEvent);
        if (!_events.TryGetValue(key, out var ofJob))
            _events[key] = ofJob = [];

        ofJob.Add(jobEvent);
        Through = jobEvent.Sequence;
    }

    public bool TryGet(string key, [NotNullWhen(true)] out List<JobEvent>? events) => _events.TryGetValue(key, out events);
}
