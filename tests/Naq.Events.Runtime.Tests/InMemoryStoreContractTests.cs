using Naq.Events.Testing.Contracts;

namespace Naq.Events.Runtime.Tests;

/// <summary>The contract in memory.</summary>
public sealed class InMemoryStoreContractTests : JobEventStoreContract
{
    private InMemoryJobEventStore? _first;

    protected override ValueTask<IJobEventStore> CreateStoreAsync(NaqEventsOptions options) =>
        ValueTask.FromResult<IJobEventStore>(_first is null ? _first = new InMemoryJobEventStore(options) : _first.Sharing(options));
}
