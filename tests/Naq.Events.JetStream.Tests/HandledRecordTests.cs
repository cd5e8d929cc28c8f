using System.Collections.Concurrent;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>What a processor on a server remembers of handled events, and when it takes one for acknowledged.</summary>
public sealed class HandledRecordTests(SharedServer server, OldServer old) : IAsyncDisposable
{
    private readonly List<TestStream> _streams = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
            await stream.DisposeAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_record_has_its_own_time_where_the_server_can_and_else_all_have_the_longest(bool isNew)
    {
        var stream = Stream(isNew);
        await using var store = stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        foreach (var window in new[] { TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), TimeSpan.FromMinutes(5) })
        {
            var handled = new ConcurrentQueue<JobEvent>();
            await using var processor = await StartAsync(store, jobEvent => Handle(handled, jobEvent), $"p{window.TotalMinutes}", window);
            await Eventually.TrueAsync(() => handled.Count == 1, null, "it is handled");
        }

        var bucket = await stream.JetStream.GetStreamAsync($"KV_{stream.Name}_handled", cancellationToken: Token);
        await Eventually.TrueAsync(
            async () =>
            {
                await bucket.RefreshAsync(Token);
                return bucket.Info.State.Messages == 3;
            },
            null,
            "there are three records");
        Assert.Equal(isNew ? TimeSpan.Zero : TimeSpan.FromHours(1), bucket.Info.Config.MaxAge);
        Assert.Equal(isNew, bucket.Info.Config.AllowMsgTTL);
        var record = await bucket.GetAsync(new StreamMsgGetRequest { LastBySubj = $"$KV.{stream.Name}_handled.p5.>" }, Token);
        Assert.Equal(isNew, Headers(record.Message.Hdrs).Contains("Nats-TTL: 300s", StringComparison.Ordinal));
        Assert.EndsWith(".EveryHandlers=2EOn", record.Message.Subject, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_next_event_of_a_job_begins_after_the_server_has_confirmed_the_last()
    {
        var stream = Stream(isNew: true);
        await using var store = stream.Store();
        var floors = new ConcurrentQueue<ulong>();
        await store.AppendAsync([.. Enumerable.Range(0, 40).Select(static _ => new JobEvent("job", JobEventType.Started))], Token);
        await using var processor = await StartAsync(
            store,
            async _ =>
            {
                var consumer = await stream.JetStream.GetConsumerAsync(stream.Name, "confirmed", Token);
                floors.Enqueue(consumer.Info.AckFloor.StreamSeq);
            },
            "confirmed");

        await Eventually.TrueAsync(() => floors.Count == 40, TimeSpan.FromSeconds(30), "all are handled");

        Assert.Equal(Enumerable.Range(0, 40).Select(static number => (ulong)number), floors);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_the_server_does_not_confirm_is_delivered_again_and_nothing_is_lost()
    {
        var stream = Stream(isNew: true);
        await using var relay = new Relay(new Uri(server.Url).Port);
        await using var store = stream.Store();
        await using var relayed = stream.Store(configure: options => (options.Url, options.Timeout) = (relay.Url, TimeSpan.FromSeconds(1)));
        var handled = new ConcurrentQueue<ulong>();
        await store.AppendAsync([.. Enumerable.Range(0, 5).Select(static number => new JobEvent($"job-{number}", JobEventType.Started))], Token);
        await using var processor = await StartAsync(
            relayed,
            jobEvent =>
            {
                // From here on the acknowledgement does not arrive, and its confirmation does not come back.
                if (jobEvent.Sequence == 3)
                    relay.Silence();

                handled.Enqueue(jobEvent.Sequence);
                return default;
            },
            "unconfirmed",
            log: stream.Log);
        await Eventually.TrueAsync(
            () => stream.Log.Warnings.Any(static text => text.Contains("could not be told to the store", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "it is not confirmed");
        var before = await stream.JetStream.GetConsumerAsync(stream.Name, "unconfirmed", Token);
        Assert.NotEqual(0, before.Info.NumAckPending);

        relay.ReadOn();
        relay.Reset();

        await Eventually.TrueAsync(
            async () =>
            {
                var consumer = await stream.JetStream.GetConsumerAsync(stream.Name, "unconfirmed", Token);
                return consumer.Info is { NumAckPending: 0, NumPending: 0, AckFloor.StreamSeq: 5 };
            },
            TimeSpan.FromSeconds(45),
            "the server has all acknowledgements in the end");
        Assert.Equal([1UL, 2, 3, 4, 5], handled.Distinct().Order().ToArray());
    }

    private static string Headers(string? encoded) => encoded is null ? "" : System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded));

    private static ValueTask Handle(ConcurrentQueue<JobEvent> handled, JobEvent jobEvent)
    {
        handled.Enqueue(jobEvent);
        return default;
    }

    private static async Task<JobEventProcessor> StartAsync(
        IJobEventStore store, Func<JobEvent, ValueTask> handle, string name, TimeSpan? window = null, TestLog? log = null)
    {
        var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = name, ConfirmAcknowledgements = true, IdempotencyWindow = window }, loggerFactory: log);
        processor.AddHandlers(new EveryHandlers((jobEvent, _, _) => handle(jobEvent)));
        await processor.StartAsync(Token);
        return processor;
    }

    private TestStream Stream(bool isNew)
    {
        var stream = new TestStream(isNew ? server.Url : old.Url);
        _streams.Add(stream);
        return stream;
    }
}
