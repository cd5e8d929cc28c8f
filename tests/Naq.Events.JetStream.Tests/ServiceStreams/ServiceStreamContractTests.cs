using Naq.Events.Testing;
using Naq.Events.Testing.Contracts;

namespace Naq.Events.JetStream.Tests.ServiceStreams;

/// <summary>The contract where each service has a stream of its own.</summary>
public sealed class ServiceStreamContractTests(SharedServer server) : JobEventStoreContract
{
    private readonly TestStream _stream = new(server.Url);

    protected override ValueTask<IJobEventStore> CreateStoreAsync(
        NaqEventsOptions options, IReadOnlyDictionary<string, TimeSpan> retention) =>
        ValueTask.FromResult<IJobEventStore>(_stream.Store(options.Environment, options.Service, stream =>
        {
            stream.StreamPerService = true;
            stream.Retention.Keep(retention);
        }));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
