using Naq.Events.Storage;
using Naq.Events.Watching;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore : ILeasingStore
{
    private readonly MemoryLeases _leases;

    ValueTask<ILease> ILeasingStore.OpenLeaseAsync(string role, TimeSpan takeOverAfter, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILease>(new MemoryLease(_leases, role, takeOverAfter));

    ValueTask<ILease> ILeasingStore.OpenProcessorLeaseAsync(string name, TimeSpan takeOverAfter, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILease>(new MemoryLease(_leases, $"processor.{name}", takeOverAfter));
}
