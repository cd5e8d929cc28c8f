using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Naq.Events.CompilerServices;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Hosting;

public sealed class HostTests
{
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(settings: null);
    private readonly Seen _seen = new();

    [Fact]
    public async Task Events_are_kept_in_memory_by_default_and_reach_their_handlers()
    {
        _ = _builder.Services.AddSingleton(_seen).AddNaqEvents().AddHandlers<SeeingHandlers>();
        using var host = _builder.Build();
        await host.StartAsync();
        _ = Assert.IsType<InMemoryJobEventStore>(host.Services.GetRequiredService<IJobEventStore>());
        host.Services.GetRequiredService<IJobEventLogger>().LogJobFailed("job", "w1", new InvalidOperationException("x"), 1);
        await Eventually.TrueAsync(() => _seen.Events.Count == 1, null, "the handler sees the event");
        await host.StopAsync();
    }

    [Fact]
    public async Task What_is_logged_last_is_stored_and_handled_before_the_host_has_stopped()
    {
        // The stream lags behind the store, as one over a network does.
        var store = new LaggingStore();
        _ = _builder.Services.AddSingleton(_seen).AddNaqEvents().UseStore(_ => store).AddHandlers<SeeingHandlers>();
        _ = _builder.Services.AddHostedService<LastWords>();
        using var host = _builder.Build();
        await host.StartAsync();
        await host.StopAsync();
        Assert.Equal(200, await store.Inner.CountAsync(JobEventFilter.ForTypes(JobEventType.Failed)));
        Assert.Equal(200, _seen.Events.Count);
    }

    [Fact]
    public async Task A_hosts_stop_does_not_wait_long_for_events_that_are_not_for_its_handlers()
    {
        _ = _builder.Services.AddSingleton(_seen).AddNaqEvents().AddHandlers<SeeingHandlers>();
        using var host = _builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<IJobEventLogger>().LogJobStarted("job", "w1", "async");
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(_seen.Events);
    }

    [Fact]
    public async Task A_store_of_the_applications_own_is_used()
    {
        var store = new RecordingStore();
        _ = _builder.Services.AddNaqEvents().UseStore(_ => store);
        using var host = _builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<IJobEventLogger>().LogJobStarted("job", "w1", "async");
        await host.StopAsync();
        _ = Assert.Single(store.Events);
    }

    [Fact]
    public async Task Calling_it_twice_configures_twice_and_registers_once()
    {
        _ = _builder.Services.AddSingleton(_seen);
        _ = _builder.Services.AddNaqEvents(static options => options.Environment = "prod").AddHandlers<SeeingHandlers>();
        _ = _builder.Services.AddNaqEvents(static options => options.Service = "shop");
        using var host = _builder.Build();
        await host.StartAsync();
        _ = Assert.Single(host.Services.GetServices<IJobEventStore>());
        _ = Assert.Single(host.Services.GetServices<IJobEventLogger>());
        _ = Assert.Single(host.Services.GetServices<IHostedService>());
        host.Services.GetRequiredService<IJobEventLogger>().LogJobFailed("job", "w1", new InvalidOperationException("x"), 1);
        await Eventually.TrueAsync(() => _seen.Events.Count == 1, null, "the handler sees the event");
        Assert.Equal(("prod", "shop"), (_seen.Events.First().Environment, _seen.Events.First().Service));
        await host.StopAsync();
        _ = Assert.Single(_seen.Events);
    }

    [Fact]
    public void The_last_choice_of_a_store_counts_and_one_made_before_is_kept()
    {
        var own = new RecordingStore();
        using var kept = Provider(services => services.AddSingleton<IJobEventStore>(own).AddNaqEvents());
        Assert.Same(own, kept.GetRequiredService<IJobEventStore>());

        using var memory = Provider(services => services.AddNaqEvents().UseStore(_ => own).UseInMemory());
        _ = Assert.IsType<InMemoryJobEventStore>(Assert.Single(memory.GetServices<IJobEventStore>()));

        using var again = Provider(services =>
        {
            _ = services.AddNaqEvents().UseStore(_ => own);
            return services.AddNaqEvents();
        });
        Assert.Same(own, Assert.Single(again.GetServices<IJobEventStore>()));
    }

    [Fact]
    public void A_container_may_be_disposed_without_waiting_and_drains_the_logger()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        using (var services = Provider(services => services.AddNaqEvents().UseStore(_ => store)))
        {
            services.GetRequiredService<IJobEventLogger>().LogJobStarted("job", "w1", "async");
            _ = services.GetRequiredService<JobEventProcessor>();
        }

        _ = Assert.Single(store.Events);
        using var memory = Provider(static services => services.AddNaqEvents());
        _ = memory.GetRequiredService<IJobEventLogger>();
    }

    [Fact]
    public async Task The_hosts_clock_is_the_loggers()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var store = new RecordingStore();
        _builder.Services.TryAddSingleton<TimeProvider>(time);
        _ = _builder.Services.AddNaqEvents().UseStore(_ => store);
        using var host = _builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<IJobEventLogger>().LogJobStarted("job", "w1", "async");
        await host.StopAsync();
        Assert.Equal(time.GetUtcNow(), Assert.Single(store.Events).Timestamp);
    }

    private static ServiceProvider Provider(Func<IServiceCollection, object> add)
    {
        var services = new ServiceCollection();
        _ = add(services);
        return services.BuildServiceProvider();
    }

    internal sealed class Seen
    {
        public ConcurrentQueue<JobEvent> Events { get; } = new();
    }

    internal sealed class SeeingHandlers(Seen seen) : IJobEventHandlers<SeeingHandlers>
    {
        private static readonly JobEventHandler<SeeingHandlers>[] Table =
            [new("SeeingHandlers.On", static (self, jobEvent, _, _) => self.On(jobEvent))];

        public static IReadOnlyList<string> HandledEvents => ["failed"];

        public static ReadOnlySpan<JobEventHandler<SeeingHandlers>> GetHandlers(JobEventType type, string eventName) =>
            type == JobEventType.Failed ? Table : [];

        private ValueTask On(JobEvent jobEvent)
        {
            seen.Events.Enqueue(jobEvent);
            return default;
        }
    }

    private sealed class LaggingStore : StubStore
    {
        public InMemoryJobEventStore Inner { get; } = new();

        public override ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) =>
            Inner.AppendAsync(jobEvents, cancellationToken);

        public override ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default) =>
            Inner.CheckHealthAsync(cancellationToken);

        public override async IAsyncEnumerable<JobEvent> StreamAsync(
            JobEventFilter? filter = null,
            JobEventStart start = default,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var jobEvent in Inner.StreamAsync(filter, start, cancellationToken))
            {
                // Nothing comes before all is stored.
                await Eventually.TrueAsync(() => Inner.Count() == 200, null, "everything is stored");

                yield return jobEvent;
            }
        }
    }

    /// <summary>Jobs that end as the host stops.</summary>
    private sealed class LastWords(IJobEventLogger logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            for (var number = 0; number < 200; number++)
                logger.LogJobFailed($"job-{number}", "w1", new InvalidOperationException("stopping"), 1);

            return Task.CompletedTask;
        }
    }
}
