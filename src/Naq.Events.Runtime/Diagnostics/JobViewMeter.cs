using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Naq.Events.Diagnostics;

/// <summary>What a projector of a job view has done, and how far it is behind while it keeps the view.</summary>
internal sealed class JobViewMeter : IDisposable
{
    private const long Unknown = -1;

    private static readonly ConcurrentDictionary<JobViewMeter, bool> Live = new();

    private readonly KeyValuePair<string, object?>[] _tags;
    private long _behind = Unknown;

    public JobViewMeter(string stream)
    {
        _tags = JobEventMetrics.ReceiveTags(stream);
        Live[this] = true;
    }

    /// <summary>How far the projectors of this process are behind, those that keep a view.</summary>
    public static IEnumerable<Measurement<long>> Behind()
    {
        foreach (var meter in Live.Keys)
        {
            if (Volatile.Read(ref meter._behind) is var behind && behind != Unknown)
                yield return new Measurement<long>(behind, meter._tags);
        }
    }

    public void Note(int events, long behind)
    {
        JobEventMetrics.Viewed.Add(events, _tags);
        Volatile.Write(ref _behind, behind);
    }

    /// <summary>Another projector keeps the view.</summary>
    public void Forget() => Volatile.Write(ref _behind, Unknown);

    public void Dispose() => Live.TryRemove(this, out _);
}
