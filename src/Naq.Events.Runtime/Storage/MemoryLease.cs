using Naq.Events.Watching;

namespace Naq.Events.Storage;

/// <summary>A lease among the users of one store in memory.</summary>
internal sealed class MemoryLease(MemoryLeases leases, string role, TimeSpan takeOverAfter) : ILease
{
    public ValueTask<bool> KeepAsync(CancellationToken cancellationToken) => ValueTask.FromResult(leases.TryKeep(role, this, takeOverAfter));

    public ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        leases.Release(role, this);
        return default;
    }
}
