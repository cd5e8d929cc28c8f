using System.Collections.Concurrent;
using System.Globalization;
using Naq.Events.Processing;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Tests;

/// <summary>Events that have come as often as they may, and nobody has told an outcome of.</summary>
public sealed class LastTryTests(SharedServer server) : IAsyncDisposable
{
    private const int Events = 20;
    private const int MaxDeliver = 2;

    private readonly TestStream _stream = new(server.Url);
    private readonly ConcurrentQueue<string> _handled = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task What_came_as_often_as_it_may_and_was_never_begun_with_is_handled()
    {
        await using var store = _stream.Store();
        await ReturnAsync(store, times: 3);
        await using var processor = Processor(store);
        await processor.StartAsync(Token);

        await Eventually.TrueAsync(() => _handled.Count == Events, null, "all are handled");
        Assert.Equal(0, await processor.DeadLetters!.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Last_tries_of_what_a_process_died_with_run_one_at_a_time_and_other_events_beside_them()
    {
        await using var store = _stream.Store();
        await ReturnAsync(store, times: MaxDeliver - 1);
        await store.AppendAsync([.. Enumerable.Range(Events, Events).Select(static number => Event($"{number}"))], Token);
        var (running, most) = (0, 0);
        var othersHandled = new TaskCompletionSource();
        await using var processor = Processor(store, async (jobEvent, _) =>
        {
            if (int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture) >= Events)
            {
                if (_handled.Count(static message => int.Parse(message, CultureInfo.InvariantCulture) >= Events) == Events)
                    othersHandled.TrySetResult();

                return;
            }

            most = Math.Max(most, Interlocked.Increment(ref running));
            await othersHandled.Task;
            Interlocked.Decrement(ref running);
        });
        await processor.StartAsync(Token);

        await Eventually.TrueAsync(() => _handled.Count == 2 * Events && Volatile.Read(ref running) == 0, null, "all are handled");
        Assert.Equal(1, most);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_has_it_in_hand_may_ask_again_whether_it_may_begin()
    {
        await using var store = _stream.Store();
        await store.AppendAsync([Event("0")], Token);
        await BeginAsync(store, static delivery => ValueTask.FromResult(delivery.Attempt == 1));

        await BeginAsync(
            store,
            static async delivery => await delivery.TryBeginLastAsync(MaxDeliver, Token) && await delivery.TryBeginLastAsync(MaxDeliver, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_begun_with_for_the_last_time_is_given_up_when_it_comes_again()
    {
        await using var store = _stream.Store();
        await store.AppendAsync([Event("0")], Token);
        await BeginAsync(store, static delivery => ValueTask.FromResult(delivery.Attempt == 1));
        await BeginAsync(store, static async delivery => delivery.Attempt == MaxDeliver && await delivery.TryBeginLastAsync(MaxDeliver, Token));

        await using var processor = Processor(store);
        await processor.StartAsync(Token);

        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is given up");
        var deadLetter = await processor.DeadLetters!.ListAsync(cancellationToken: Token).SingleAsync(Token);
        Assert.Equal((JobEventDeadLetterCause.NoOutcome, "0"), (deadLetter.Cause, deadLetter.Event!.Message));
        Assert.DoesNotContain("0", _handled);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_last_try_that_a_stop_cuts_short_is_had_again()
    {
        await using var store = _stream.Store();
        await ReturnAsync(store, times: MaxDeliver - 1);
        for (var stops = 0; stops < 2; stops++)
        {
            await using var stopped = Processor(store, static (_, token) => new ValueTask(new TaskCompletionSource().Task.WaitAsync(token)));
            await stopped.StartAsync(Token);
            await Eventually.TrueAsync(() => !_handled.IsEmpty, null, "one has begun");
            await stopped.StopAsync(Token);
            _handled.Clear();
        }

        await using var processor = Processor(store);
        await processor.StartAsync(Token);

        await Eventually.TrueAsync(() => _handled.Count == Events, null, "all are handled");
        Assert.Equal(0, await processor.DeadLetters!.CountAsync(cancellationToken: Token));
    }

    private static JobEvent Event(string message) => new($"job-{message}", JobEventType.Started) { Message = message };

    /// <summary>Is given an event, begins with it, and comes back without an outcome, as a process does that dies.</summary>
    private static async Task BeginAsync(IDeliveringStore store, Func<JobEventDelivery, ValueTask<bool>> begins)
    {
        await foreach (var delivery in store.DeliverAsync(
            new DeliveryRequest("billing", JobEventFilter.All, JobEventStart.Beginning, TimeSpan.FromSeconds(30), 10), Token))
        {
            Assert.True(await begins(delivery));
            delivery.Begin();
            await delivery.RetryAsync(TimeSpan.Zero, Token);
            break;
        }
    }

    /// <summary>Stores events, takes them with a plain client, and returns them without a note, as the server does by itself where a process died.</summary>
    private async Task ReturnAsync(JetStreamEventStore store, int times)
    {
        await store.AppendAsync([Event("first")], Token);
        await using (var first = Processor(store))
        {
            await first.StartAsync(Token);
            await Eventually.TrueAsync(() => !_handled.IsEmpty, null, "there is a consumer");
        }

        _handled.Clear();
        await store.AppendAsync([.. Enumerable.Range(0, Events).Select(static number => Event($"{number}"))], Token);
        var consumer = await _stream.JetStream.GetConsumerAsync(_stream.Name, "billing", Token);
        for (var returned = 0; returned < times; returned++)
        {
            var taken = new List<INatsJSMsg<byte[]>>(Events);
            while (taken.Count < Events)
                taken.Add((await consumer.NextAsync<byte[]>(cancellationToken: Token))!);

            foreach (var message in taken)
                await message.NakAsync(cancellationToken: Token);
        }
    }

    private JobEventProcessor Processor(JetStreamEventStore store, Func<JobEvent, CancellationToken, ValueTask>? handle = null)
    {
        var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "billing", MaxDeliver = MaxDeliver, StopTimeout = TimeSpan.FromMilliseconds(100) });
        processor.AddHandlers(new EveryHandlers((jobEvent, _, token) =>
        {
            _handled.Enqueue(jobEvent.Message!);
            return handle?.Invoke(jobEvent, token) ?? default;
        }));
        return processor;
    }
}
