using System.Collections.Concurrent;
using System.Globalization;
using Naq.Events.CompilerServices;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests;

/// <summary>Processors that stop with events in hand.</summary>
public sealed class StopTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);
    private readonly ConcurrentQueue<(int Number, int Delivery)> _handled = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task What_is_given_back_untried_does_not_count_as_tried()
    {
        await using var store = _stream.Store();
        await store.AppendAsync(
            [.. Enumerable.Range(0, 300).Select(static number => new JobEvent("job", JobEventType.Started) { Message = $"{number}" })], Token);

        // Each has a hundred and more in hand, and handles one of them.
        for (var stop = 0; stop < 6; stop++)
        {
            using var handles = new SemaphoreSlim(1);
            await using var processor = Processor(store, async token => await handles.WaitAsync(token));
            await processor.StartAsync(Token);
            await Eventually.TrueAsync(() => _handled.Count == stop + 1, null, "one is handled");
        }

        await using var last = Processor(store, static _ => Task.CompletedTask);
        await last.StartAsync(Token);
        await Eventually.TrueAsync(() => _handled.Count == 300, null, "all are handled");

        Assert.Equal(0, await last.DeadLetters!.CountAsync(cancellationToken: Token));
        Assert.Equal(Enumerable.Range(0, 300), _handled.Select(static handled => handled.Number));
        Assert.InRange(_handled.Max(static handled => handled.Delivery), 1, 2);
    }

    private JobEventProcessor Processor(IJobEventStore store, Func<CancellationToken, Task> wait)
    {
        var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "billing", MaxDeliver = 2, StopTimeout = TimeSpan.Zero });
        processor.AddHandlers(new Handlers(async (jobEvent, context, token) =>
        {
            await wait(token);
            _handled.Enqueue((int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture), context.Delivery));
        }));
        return processor;
    }

    private sealed class Handlers(Func<JobEvent, JobEventContext, CancellationToken, Task> handle) : IJobEventHandlers<Handlers>
    {
        private static readonly JobEventHandler<Handlers>[] Table =
        [
            new("Handlers.On", static (self, jobEvent, context, token) => new ValueTask(self.Handle(jobEvent, context, token))) { NeedsContext = true },
        ];

        public static IReadOnlyList<string> HandledEvents => [];

        private Func<JobEvent, JobEventContext, CancellationToken, Task> Handle => handle;

        public static ReadOnlySpan<JobEventHandler<Handlers>> GetHandlers(JobEventType type, string eventName) => Table;
    }
}
