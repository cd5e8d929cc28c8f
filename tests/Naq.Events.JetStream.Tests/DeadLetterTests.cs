using System.Collections.Concurrent;
using System.Text;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>Dead letters of a processor on a server.</summary>
public sealed class DeadLetterTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);
    private volatile bool _isBroken = true;

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
        var handled = 0;
        await using var processor = Processor(store, _ =>
        {
            ThrowIfBroken();
            Interlocked.Increment(ref handled);
        });
        await processor.StartAsync(Token);
        await store.AppendAsync([new JobEvent("job", JobEventType.Failed)], Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is kept");
        Assert.Equal("EveryHandlers.On", Assert.Single(processor.DeadLetters!.List()).Handler);
        var other = new JobEventDeadLetters(store, "other");
        var sequence = processor.DeadLetters.List()[0].Sequence;
        Assert.Null(await other.GetAsync(sequence, Token));
        Assert.False(await other.DiscardAsync(sequence, Token));
        Assert.False(await other.ReplayAsync(sequence, Token));
        _isBroken = false;

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

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_parked_behind_a_dead_letter_that_has_gone_by_itself_is_handled_with_the_next_event_or_when_it_is_replayed(bool byNext)
    {
        await using var store = _stream.Store();
        var handled = new ConcurrentQueue<string>();
        await using var processor = Processor(
            store,
            jobEvent =>
            {
                ThrowIfBroken();
                handled.Enqueue(jobEvent.Message!);
            },
            JobEventDeadLetterOrder.ParkJob);
        await processor.StartAsync(Token);
        await store.AppendAsync([.. Enumerable.Range(0, 3).Select(static number => new JobEvent("job", JobEventType.Failed) { Message = $"{number}" })], Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 3, null, "two are parked");
        _isBroken = false;

        // Its age, or somebody who removed it with other tools.
        var stream = await _stream.JetStream.GetStreamAsync($"{_stream.Name}_dead", cancellationToken: Token);
        Assert.True((await stream.DeleteMessageAsync(new StreamMsgDeleteRequest { Seq = processor.DeadLetters!.List()[0].Sequence }, Token)).Success);
        if (byNext)
            await store.AppendAsync([new JobEvent("job", JobEventType.Failed) { Message = "3" }], Token);
        else
            Assert.InRange(processor.DeadLetters.ReplayAll(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.Parked }), 1, 2);

        await Eventually.TrueAsync(() => string.Join(' ', handled) == (byNext ? "1 2 3" : "1 2"), null, "they are handled in order");
        await Eventually.TrueAsync(async () => await processor.DeadLetters.CountAsync(cancellationToken: Token) == 0, null, "none is left");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_malformed_message_does_not_park_the_job_that_its_subject_names()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);
        var handled = new ConcurrentQueue<string>();
        await using var processor = Processor(store, jobEvent => handled.Enqueue(jobEvent.Message!), JobEventDeadLetterOrder.ParkJob);
        await processor.StartAsync(Token);
        await _stream.JetStream.PublishAsync($"{_stream.Prefix}.test.shop.job.failed", "no JSON"u8.ToArray(), cancellationToken: Token);
        await store.AppendAsync([new JobEvent("job", JobEventType.Failed) { Message = "after it" }], Token);

        await Eventually.TrueAsync(() => handled.Contains("after it"), null, "it is handled");
        Assert.Equal(JobEventDeadLetterCause.Malformed, Assert.Single(processor.DeadLetters!.List()).Cause);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_replayed_and_waits_for_slow_handlers_longer_than_its_time_is_handled_once()
    {
        const int count = 100;
        await using var store = _stream.Store();
        var handled = new ConcurrentQueue<string>();
        await using var processor = Processor(
            store,
            jobEvent =>
            {
                ThrowIfBroken();
                Thread.Sleep(60);
                handled.Enqueue(jobEvent.JobId);
            },
            configure: static options => (options.AckWait, options.MaxConcurrentHandlers) = (TimeSpan.FromSeconds(3), 1));
        await processor.StartAsync(Token);
        await store.AppendAsync([.. Enumerable.Range(0, count).Select(static number => new JobEvent($"job-{number:D2}", JobEventType.Failed))], Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == count, null, "all are kept");
        _isBroken = false;

        Assert.Equal(count, processor.DeadLetters!.ReplayAll());

        await Eventually.TrueAsync(() => handled.Distinct().Count() == count, null, "all are handled");
        await processor.StopAsync(Token);
        Assert.Equal(count, handled.Count);
    }

    private void ThrowIfBroken()
    {
        if (_isBroken)
            throw new InvalidOperationException("broken");
    }

    private static JobEventProcessor Processor(
        IJobEventStore store,
        Action<JobEvent> handle,
        JobEventDeadLetterOrder onDeadLetter = JobEventDeadLetterOrder.Continue,
        Action<JobEventProcessorOptions>? configure = null)
    {
        var options = new JobEventProcessorOptions
        {
            Name = "billing",
            MaxDeliver = 2,
            RetryDelay = TimeSpan.FromMilliseconds(50),
            OnDeadLetter = onDeadLetter,
        };
        configure?.Invoke(options);
        var processor = new JobEventProcessor(store, options);
        processor.AddHandlers(new EveryHandlers((jobEvent, _, _) =>
        {
            handle(jobEvent);
            return default;
        }));
        return processor;
    }
}
