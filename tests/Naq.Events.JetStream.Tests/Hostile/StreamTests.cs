using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Tests.Hostile;

/// <summary>A stream with everything of the corpus between events: nothing stops at it, and nothing of it is passed over in silence.</summary>
public sealed class StreamTests(SharedServer server) : IAsyncDisposable
{
    private const int Deadline = 60_000;

    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Good => Corpus.All.Count(static one => one.Name.StartsWith("event", StringComparison.Ordinal));

    private static int Bad => Corpus.All.Count - Good;

    [Fact(Timeout = Deadline)]
    public async Task Queries_lists_and_streams_give_the_events_and_report_the_rest()
    {
        await using var store = _stream.Store();
        await FillAsync(store);

        Assert.Equal(Good + 2, (await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token)).Count);
        Assert.Equal(Bad, _stream.Log.Warnings.Count(static warning => warning.Contains("which is not an event of a job", StringComparison.Ordinal)));
        Assert.Equal(Good + 2, await store.QueryAsync(cancellationToken: Token).CountAsync(Token));
        Assert.Equal(Good + 2, (await store.GetJobAsync("job", cancellationToken: Token))!.EventCount);
        Assert.Single(await store.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));
        var last = 0ul;
        await foreach (var jobEvent in store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token))
        {
            last = jobEvent.Sequence;
            if (jobEvent.Message == "last")
                break;
        }

        Assert.Equal((ulong)Corpus.All.Count + 2, last);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_processor_handles_the_events_and_keeps_the_rest_byte_for_byte()
    {
        await using var store = _stream.Store();
        await FillAsync(store);
        var handled = 0;
        await using var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = "billing", Start = JobEventStart.Beginning });
        processor.AddHandlers(new EveryHandlers((_, _, _) =>
        {
            _ = Interlocked.Increment(ref handled);
            return default;
        }));
        await processor.StartAsync(Token);

        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == Good + 2, TimeSpan.FromSeconds(30), "all events are handled");
        await Eventually.TrueAsync(
            async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == Bad, TimeSpan.FromSeconds(30), "all else is kept");
        await foreach (var deadLetter in processor.DeadLetters!.ListAsync(cancellationToken: Token))
            Assert.Equal(JobEventDeadLetterCause.Malformed, deadLetter.Cause);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task FillAsync(JetStreamEventStore store)
    {
        await store.AppendAsync([new JobEvent("job", JobEventType.Enqueued) { Message = "first" }], Token);
        foreach (var (_, payload) in Corpus.All)
        {
            var stored = await _stream.JetStream.PublishAsync(
                $"{_stream.Prefix}.test.shop.job.started", payload, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: Token);
            stored.EnsureSuccess();
        }

        await store.AppendAsync([new JobEvent("job", JobEventType.Completed) { Message = "last" }], Token);
    }
}
