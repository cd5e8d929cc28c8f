using Naq.Events.Testing;
using Naq.Events.Testing.Contracts;

namespace Naq.Events.JetStream.Tests;

/// <summary>The contract on the oldest server, by the slower roads.</summary>
public sealed class OldServerStoreContractTests(OldServer server) : JobEventStoreContract
{
    private readonly TestStream _stream = new(server.Url);

    protected override bool ForgetsEachRecord => false;

    protected override ValueTask<IJobEventStore> CreateStoreAsync(
        NaqEventsOptions options, IReadOnlyDictionary<string, TimeSpan> retention) =>
        ValueTask.FromResult<IJobEventStore>(_stream.Store(options.Environment, options.Service, stream => stream.Retention.Keep(retention)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
