using System.Collections.Concurrent;
using Naq.Events.CompilerServices;
using Naq.Events.Processing;

namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    private static readonly TimeSpan LongAckWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortAckWait = TimeSpan.FromSeconds(1);

    [Fact(Timeout = Deadline)]
    public async Task A_durable_subscriber_gets_history_and_live_in_order()
    {
        await AppendAsync(Numbered("job", 300));
        var delivered = new List<int>();
        await foreach (var delivery in DeliverAsync(Request(), Token))
        {
            Assert.Equal(1, delivery.Delivery);
            Assert.Null(delivery.Problem);
            Assert.Equal(delivery.Sequence, delivery.Event!.Sequence);
            delivered.Add(NumberOf(delivery.Event));
            await delivery.AcknowledgeAsync(Token);
            if (delivered.Count == 300)
            {
                await AppendAsync(Numbered("job", 100, first: 300));
            }

            if (delivered.Count == 400)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 400), delivered);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_durable_subscriber_gets_what_is_stored_after_its_first_step()
    {
        await AppendAsync(Numbered("job", 3));
        await using var deliveries = DeliverAsync(Request() with { Start = JobEventStart.New }, Token).GetAsyncEnumerator(Token);

        var first = deliveries.MoveNextAsync();
        await AppendAsync(Numbered("job", 1, first: 3));

        Assert.True(await first);
        Assert.Equal("3", deliveries.Current.Event!.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_name_is_given_all_that_is_stored_after_its_processor_was_started()
    {
        for (var round = 0; round < 20; round++)
        {
            var handled = new ConcurrentQueue<int>();
            await using var processor = new JobEventProcessor(
                Store, new JobEventProcessorOptions { Name = $"new-{round}", Start = JobEventStart.New });
            processor.AddHandlers(new NumberHandlers(handled.Enqueue));
            await AppendAsync(Numbered($"before-{round}", 1));

            await processor.StartAsync(Token);
            await AppendAsync(Numbered($"after-{round}", 1, first: 1));

            await Eventually.TrueAsync(() => !handled.IsEmpty, null, "the event is handled");
            Assert.Equal([1], handled);
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_restarted_subscriber_goes_on_with_what_it_has_not_acknowledged()
    {
        await AppendAsync(Numbered("job", 200));
        var request = Request() with { AckWait = ShortAckWait };
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            var count = 0;
            await foreach (var delivery in DeliverAsync(request, stop.Token))
            {
                if (++count <= 30)
                {
                    await delivery.AcknowledgeAsync(Token);
                }

                // Five are taken and not acknowledged, as if the process had crashed over them.
                if (count == 35)
                {
                    await stop.CancelAsync();
                }
            }
        }

        var rest = await AcknowledgeAsync(request, 170);

        Assert.Equal(Enumerable.Range(30, 170), rest.Order());
    }

    [Fact(Timeout = Deadline)]
    public async Task What_was_not_handed_out_is_delivered_again_at_once()
    {
        await AppendAsync(Numbered("job", 50));
        var request = Request() with { AckWait = TimeSpan.FromMinutes(10) };
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            await foreach (var delivery in DeliverAsync(request, stop.Token))
            {
                await delivery.AcknowledgeAsync(Token);
                await stop.CancelAsync();
            }
        }

        // Within the test's time, that is, and not after ten minutes.
        Assert.Equal(Enumerable.Range(1, 49), (await AcknowledgeAsync(request, 49)).Order());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_cancelled_subscriber_ends_without_an_exception()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var deliveries = DeliverAsync(Request(), stop.Token).GetAsyncEnumerator(Token);
        var next = deliveries.MoveNextAsync();

        await stop.CancelAsync();

        Assert.False(await next);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_to_retry_comes_again_after_its_delay()
    {
        await AppendAsync(Numbered("job", 1));
        await using var deliveries = DeliverAsync(Request(), Token).GetAsyncEnumerator(Token);
        Assert.True(await deliveries.MoveNextAsync());
        var delay = TimeSpan.FromMilliseconds(400);
        var began = TimeProvider.System.GetTimestamp();

        await deliveries.Current.RetryAsync(delay, Token);

        Assert.True(await deliveries.MoveNextAsync());
        Assert.Equal(2, deliveries.Current.Delivery);
        Assert.Equal("0", deliveries.Current.Event!.Message);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= delay * 0.9);
        await deliveries.Current.RetryAsync(TimeSpan.Zero, Token);
        Assert.True(await deliveries.MoveNextAsync());
        Assert.Equal(3, deliveries.Current.Delivery);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_whose_time_is_up_comes_again()
    {
        await AppendAsync(Numbered("job", 1));
        await using var deliveries = DeliverAsync(Request() with { AckWait = ShortAckWait }, Token).GetAsyncEnumerator(Token);
        Assert.True(await deliveries.MoveNextAsync());

        Assert.True(await deliveries.MoveNextAsync());

        Assert.Equal(2, deliveries.Current.Delivery);
        Assert.Equal("0", deliveries.Current.Event!.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_that_wait_for_slow_handlers_longer_than_their_time_are_handled_once()
    {
        const int count = 100;
        await AppendAsync(Numbered("job", count));
        var handled = new ConcurrentQueue<int>();
        await using var processor = new JobEventProcessor(
            Store, new JobEventProcessorOptions { Name = "slow", AckWait = TimeSpan.FromSeconds(3), MaxConcurrentHandlers = 1 });
        processor.AddHandlers(new NumberHandlers(number =>
        {
            Thread.Sleep(60);
            handled.Enqueue(number);
        }));

        await processor.StartAsync(Token);
        await Eventually.TrueAsync(() => handled.Contains(count - 1), null, "the last event is handled");
        await processor.StopAsync(Token);

        Assert.Equal(Enumerable.Range(0, count), handled);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_terminated_event_does_not_come_again()
    {
        await AppendAsync(Numbered("job", 2));
        var request = Request() with { AckWait = ShortAckWait };
        await using (var deliveries = DeliverAsync(request, Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await deliveries.MoveNextAsync());
            await deliveries.Current.TerminateAsync("It breaks the handler.", Token);
            Assert.True(await deliveries.MoveNextAsync());
            Assert.Equal("1", deliveries.Current.Event!.Message);

            // The second event comes again when its time is up: by then, the first would have, too.
            Assert.True(await deliveries.MoveNextAsync());
            Assert.Equal("1", deliveries.Current.Event!.Message);
            await deliveries.Current.AcknowledgeAsync(Token);
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task Each_name_gets_every_event_and_one_name_shares_them()
    {
        await AppendAsync(Numbered("job", 400));

        var mine = await AcknowledgeAsync(Request("mine"), 400);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var shared = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await Task.WhenAll(ShareAsync(), ShareAsync());

        Assert.Equal(Enumerable.Range(0, 400), mine);
        Assert.Equal(Enumerable.Range(0, 400), shared.Order());

        async Task ShareAsync()
        {
            await foreach (var delivery in DeliverAsync(Request("shared"), stop.Token))
            {
                shared.Enqueue(NumberOf(delivery.Event!));
                await delivery.AcknowledgeAsync(Token);
                if (shared.Count == 400)
                {
                    await stop.CancelAsync();
                }
            }
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task No_more_are_delivered_than_may_be_unacknowledged()
    {
        await AppendAsync(Numbered("job", 10));
        await using var deliveries = DeliverAsync(Request() with { MaxUnacknowledged = 3 }, Token).GetAsyncEnumerator(Token);
        var taken = new List<JobEventDelivery>();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await deliveries.MoveNextAsync());
            taken.Add(deliveries.Current);
        }

        var fourth = deliveries.MoveNextAsync();
        Assert.False(fourth.IsCompleted);
        await taken[0].AcknowledgeAsync(Token);

        Assert.True(await fourth);
        Assert.Equal("3", deliveries.Current.Event!.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_filter_says_what_is_delivered()
    {
        await AppendAsync(
            new JobEvent("a", JobEventType.Started) { Message = "0" },
            new JobEvent("b", JobEventType.Failed) { Message = "1" },
            new JobEvent("a", JobEventType.Failed) { Message = "2" },
            new JobEvent("a", JobEventType.Completed) { Message = "3" });

        AssertNumbers([1, 2], [.. await AcknowledgeAsync(Request("failed") with { Filter = JobEventFilter.ForTypes(JobEventType.Failed) }, 2)]);
        AssertNumbers([0, 2, 3], [.. await AcknowledgeAsync(Request("a") with { Filter = JobEventFilter.ForJob("a") }, 3)]);
    }

    private static DeliveryRequest Request(string name = "reader") =>
        new(name, new JobEventFilter(), JobEventStart.Beginning, LongAckWait, MaxUnacknowledged: 200);

    private IAsyncEnumerable<JobEventDelivery> DeliverAsync(DeliveryRequest request, CancellationToken cancellationToken) =>
        ((IDeliveringStore)Store).DeliverAsync(request, cancellationToken);

    private async Task<List<int>> AcknowledgeAsync(DeliveryRequest request, int count)
    {
        var numbers = new List<int>();
        await foreach (var delivery in DeliverAsync(request, Token))
        {
            numbers.Add(NumberOf(delivery.Event!));
            await delivery.AcknowledgeAsync(Token);
            if (numbers.Count == count)
            {
                break;
            }
        }

        return numbers;
    }

    private sealed class NumberHandlers(Action<int> handled) : IJobEventHandlers<NumberHandlers>
    {
        private static readonly JobEventHandler<NumberHandlers>[] Table =
        [
            new("NumberHandlers.On", static (self, jobEvent, _, _) =>
            {
                self.Handled(NumberOf(jobEvent));
                return default;
            }),
        ];

        public static IReadOnlyList<string> HandledEvents => [];

        private Action<int> Handled => handled;

        public static ReadOnlySpan<JobEventHandler<NumberHandlers>> GetHandlers(JobEventType type, string eventName) => Table;
    }
}
