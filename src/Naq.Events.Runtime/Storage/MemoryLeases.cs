namespace Naq.Events.Storage;

/// <summary>Who has which role, in memory.</summary>
internal sealed class MemoryLeases(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (MemoryLease Holder, long KeptAt)> _holders = new(StringComparer.Ordinal);

    public bool TryKeep(string role, MemoryLease lease, TimeSpan takeOverAfter)
    {
        lock (_lock)
        {
            if (_holders.TryGetValue(role, out var held) && held.Holder != lease && timeProvider.GetElapsedTime(held.KeptAt) < takeOverAfter)
                return false;

            _holders[role] = (lease, timeProvider.GetTimestamp());
            return true;
        }
    }

    public void Release(string role, MemoryLease lease)
    {
        lock (_lock)
        {
            if (_holders.TryGetValue(role, out var held) && held.Holder == lease)
                _ = _holders.Remove(role);
        }
    }
}
