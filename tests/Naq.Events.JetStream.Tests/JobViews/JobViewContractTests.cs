using Naq.Events.Testing;
using Naq.Events.Testing.Contracts;

namespace Naq.Events.JetStream.Tests.JobViews;

/// <summary>The contract of a store whose job view is kept meanwhile: nothing is different, and lists of jobs least of all.</summary>
public sealed class JobViewContractTests(SharedServer server) : JobEventStoreContract
{
    private readonly TestStream _stream = new(server.Url);
    private JobViewProjector? _projector;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _projector = new JobViewProjector((JetStreamEventStore)Store, loggerFactory: _stream.Log);
        await _projector.StartAsync(Token);
    }

    protected override ValueTask<IJobEventStore> CreateStoreAsync(
        NaqEventsOptions options, IReadOnlyDictionary<string, TimeSpan> retention) =>
        ValueTask.FromResult<IJobEventStore>(_stream.Store(options.Environment, options.Service, stream => stream.Retention.Keep(retention)));

    public override async ValueTask DisposeAsync()
    {
        await _projector!.DisposeAsync();
        await base.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
