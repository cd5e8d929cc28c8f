namespace Naq.Events.Storage;

/// <summary>
/// What the readers of a store did not come to in time. It is told in the store's health until nothing was lost for a while: who
/// looks at health does so now and then, and must not miss it.
/// </summary>
internal sealed class RecentLosses(TimeProvider timeProvider)
{
    /// <summary>How long a loss is told of.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private long _lastAt;
    private long _count;
    private string _last = "";

    /// <summary>Notes removed sequences, both ends included.</summary>
    /// <param name="reader">Who lost them, as the beginning of a sentence.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">The last.</param>
    public void Note(string reader, ulong from, ulong to)
    {
        lock (_lock)
        {
            _count = IsRecent ? _count : 0;
            _count += (long)(to - from) + 1;
            _lastAt = timeProvider.GetTimestamp();
            _last = FormattableString.Invariant($"{reader} lost the events {from} to {to}");
        }
    }

    /// <summary>Adds what was lost to a store's health.</summary>
    public JobEventStoreHealth AddTo(JobEventStoreHealth health)
    {
        lock (_lock)
        {
            return _count == 0 || !IsRecent ? health : health with
            {
                RecentlyLost = _count,
                Description = FormattableString.Invariant(
                    $"{health.Description} Events were removed before they were read: up to {_count}, and {_last}, {timeProvider.GetElapsedTime(_lastAt).TotalSeconds:F0} s ago. Raise the limits, or read faster."),
            };
        }
    }

    private bool IsRecent => timeProvider.GetElapsedTime(_lastAt) < Window;
}
