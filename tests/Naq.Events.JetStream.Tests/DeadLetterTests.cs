using System.Text;
using Naq.Events.CompilerServices;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests;

/// <summary>Dead letters of a processor on a server.</summary>
public sealed class DeadLetterTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task A_malformed_message_is_kept_byte_for_byte_and_terminated()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);
        var headers = new NatsHeaders { ["Nats-Msg-Id"] = "not-a-uuid", ["X-Own"] = "kept", ["Nats-Expected-Stream"] = _stream.Name };
        await _stream.JetStream.PublishAsync(
            $"{_stream.Prefix}.test.shop.job.failed", Encoding.UTF8.GetBytes("no JSON \u0001 ä"), headers: headers, cancellationToken: Token);
        await using var processor = Processor(store, static _ => { });
        await processor.StartAsync(Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is kept");

        var deadLetter = Assert.Single(processor.DeadLetters!.List());
        Assert.Equal(JobEventDeadLetterCause.Malformed, deadLetter.Cause);
        Assert.Null(deadLetter.Event);
        Assert.Equal((1UL, 1), (deadLetter.EventSequence, deadLetter.Deliveries));
        Assert.Equal("no JSON \u0001 ä", Encoding.UTF8.GetString(deadLetter.Payload.Span));
        Assert.Equal(("kept", "not-a-uuid"), (deadLetter.Headers["X-Own"], deadLetter.Headers["Nats-Msg-Id"]));
        await Eventually.TrueAsync(
            async () => (await _stream.JetStream.GetConsumerAsync(_stream.Name, "billing", Token)).Info.NumAckPending == 0, null, "it is terminated");
        Assert.Equal(1, processor.DeadLetters.ReplayAll());
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is malformed still");
        Assert.Equal(1UL, Assert.Single(processor.DeadLetters.List()).EventSequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_running_processor_handles_what_is_replayed()
    {
        await using var store = _stream.Store();
        var broken = true;
        var handled = 0;
        await using var processor = Processor(store, _ =>
        {
            if (Volatile.Read(ref broken))
                throw new InvalidOperationException("broken");

            Interlocked.Increment(ref handled);
        });
        await processor.StartAsync(Token);
        await store.AppendAsync([new JobEvent("job", JobEventType.Failed)], Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is kept");
        Assert.Equal("Handlers.On", Assert.Single(processor.DeadLetters!.List()).Handler);
        var other = new JobEventDeadLetters(store, "other");
        var sequence = processor.DeadLetters.List()[0].Sequence;
        Assert.Null(await other.GetAsync(sequence, Token));
        Assert.False(await other.DiscardAsync(sequence, Token));
        Assert.False(await other.ReplayAsync(sequence, Token));
        Volatile.Write(ref broken, false);

        // From another process, so to say.
        await using var tool = _stream.Store();
        Assert.Equal(1, new JobEventDeadLetters(tool, "billing").ReplayAll());

        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 1, null, "it is handled");
        await Eventually.TrueAsync(
            async () => (await _stream.JetStream.GetStreamAsync($"{_stream.Name}_replay", cancellationToken: Token)).Info.State.Messages == 0,
            null,
            "the work queue is empty");
        Assert.Equal(0, await processor.DeadLetters.CountAsync(cancellationToken: Token));
    }

    private static JobEventProcessor Processor(IJobEventStore store, Action<JobEvent> handle)
    {
        var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "billing", MaxDeliver = 2, RetryDelay = TimeSpan.FromMilliseconds(50) });
        processor.AddHandlers(new Handlers(handle));
        return processor;
    }

    private sealed class Handlers(Action<JobEvent> handle) : IJobEventHandlers<Handlers>
    {
        private static readonly JobEventHandler<Handlers>[] Table =
        [
            new("Handlers.On", static (self, jobEvent, _, _) =>
            {
                self.Handle(jobEvent);
                return default;
            }),
        ];

        public static IReadOnlyList<string> HandledEvents => [];

        private Action<JobEvent> Handle => handle;

        public static ReadOnlySpan<JobEventHandler<Handlers>> GetHandlers(JobEventType type, string eventName) => Table;
    }
}
