using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Storage;

public sealed class InMemoryDeliveryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly DeliveryRequest _request = new(
        "name", new JobEventFilter(), JobEventStart.Beginning, TimeSpan.FromSeconds(30), MaxUnacknowledged: 100);

    [Fact]
    public async Task An_extended_event_is_not_delivered_again_before_its_new_time_is_up()
    {
        using var store = await StoreAsync(1);
        await using var session = Open(store, _request);
        var first = await NextAsync(session);
        _time.Advance(TimeSpan.FromSeconds(29));
        await first.ExtendAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(29));

        // What is due is given at once.
        var second = session.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await second.WaitAsync(Soon));
        Assert.Equal(2, session.Current.Delivery);

        // The first delivery's holder is late: the time of the second is not its to lengthen.
        await first.ExtendAsync(CancellationToken.None);
        await session.Current.AcknowledgeAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Two_sessions_of_one_name_share_the_events_and_one_gets_what_the_other_leaves()
    {
        using var store = await StoreAsync(10);
        await using var first = Open(store, _request);
        await using var second = Open(store, _request);
        var numbers = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(NumberOf(await NextAsync(first)));
            var delivery = await NextAsync(second);
            numbers.Add(NumberOf(delivery));
            await delivery.AcknowledgeAsync(CancellationToken.None);
        }

        Assert.Equal(Enumerable.Range(0, 10), numbers.Order());
        await first.DisposeAsync();
        var left = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var delivery = await NextAsync(second);
            Assert.Equal(2, delivery.Delivery);
            left.Add(NumberOf(delivery));
        }

        Assert.Equal(numbers.Where((_, index) => index % 2 == 0), left);
    }

    [Fact]
    public async Task A_session_that_waits_is_woken_by_what_another_gives_back()
    {
        using var store = await StoreAsync(1);
        await using var first = Open(store, _request);
        _ = await NextAsync(first);
        await using var second = Open(store, _request);
        var next = second.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await first.DisposeAsync();
        Assert.True(await next.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_new_session_has_its_own_filter_and_stands_where_the_last_one_stood()
    {
        using var store = await StoreAsync(2);
        await store.AppendAsync([new JobEvent("job", JobEventType.Failed), new JobEvent("job", JobEventType.Completed)]);
        await using (var started = Open(store, _request with { Filter = JobEventFilter.ForTypes(JobEventType.Started) }))
        {
            for (var i = 0; i < 2; i++)
                await (await NextAsync(started)).AcknowledgeAsync(CancellationToken.None);
        }

        await using var completed = Open(store, _request with { Filter = JobEventFilter.ForTypes(JobEventType.Completed) });
        Assert.Equal("completed", (await NextAsync(completed)).Event!.EventName);
    }

    [Fact]
    public async Task The_wait_for_room_among_the_unacknowledged_ends_with_an_acknowledgement()
    {
        using var store = await StoreAsync(3);
        await using var session = Open(store, _request with { MaxUnacknowledged = 2 });
        var first = await NextAsync(session);
        _ = await NextAsync(session);
        var third = session.MoveNextAsync().AsTask();
        Assert.False(third.IsCompleted);
        await first.AcknowledgeAsync(CancellationToken.None);
        Assert.True(await third.WaitAsync(Soon));
        Assert.Equal(2, NumberOf(session.Current));
    }

    private static IAsyncEnumerator<JobEventDelivery> Open(InMemoryJobEventStore store, DeliveryRequest request) =>
        ((IDeliveringStore)store).DeliverAsync(request, CancellationToken.None).GetAsyncEnumerator();

    private static async Task<JobEventDelivery> NextAsync(IAsyncEnumerator<JobEventDelivery> session)
    {
        Assert.True(await session.MoveNextAsync().AsTask().WaitAsync(Soon));
        return session.Current;
    }

    private static int NumberOf(JobEventDelivery delivery) => int.Parse(delivery.Event!.Message!, CultureInfo.InvariantCulture);

    private async Task<InMemoryJobEventStore> StoreAsync(int count)
    {
        var store = new InMemoryJobEventStore(timeProvider: _time);
        await store.AppendAsync([.. Enumerable.Range(0, count).Select(static number =>
            new JobEvent("job", JobEventType.Started) { Message = $"{number}" })]);
        return store;
    }
}
