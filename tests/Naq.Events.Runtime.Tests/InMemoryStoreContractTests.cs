using Naq.Events.Testing;
using Naq.Events.Testing.Contracts;

namespace Naq.Events.Runtime.Tests;

/// <summary>The contract in memory.</summary>
public sealed class InMemoryStoreContractTests : JobEventStoreContract
{
    private InMemoryJobEventStore? _first;

    protected override bool SharesProcessors => false;

    protected override ValueTask<IJobEventStore> CreateStoreAsync(
        NaqEventsOptions options, IReadOnlyDictionary<string, TimeSpan> retention)
    {
        var limits = new InMemoryOptions();
        limits.Retention.Keep(retention);
        var isFirst = _first is null || retention.Count > 0;
        return ValueTask.FromResult<IJobEventStore>(
            isFirst ? _first = new InMemoryJobEventStore(options, limits) : _first!.Sharing(options));
    }
}
