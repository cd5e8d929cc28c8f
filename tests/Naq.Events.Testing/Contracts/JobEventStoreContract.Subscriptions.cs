namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_subscription_says_when_it_has_caught_up_and_how_far_behind_it_was()
    {
        await AppendAsync(Numbered("job", 3));
        await using var messages = Store.SubscribeAsync(options: From(JobEventStart.Beginning), cancellationToken: Token).GetAsyncEnumerator(Token);

        for (var number = 0; number < 3; number++)
        {
            var received = Assert.IsType<JobEventReceived>(await NextAsync(messages));
            Assert.Equal($"{number}", received.Event.Message);
            Assert.Equal(2 - number, received.Pending);
            Assert.Equal(received.Event.Sequence, received.Cursor.Sequence);
        }

        _ = Assert.IsType<JobEventsCaughtUp>(await NextAsync(messages));
        var next = messages.MoveNextAsync();
        await AppendAsync(Numbered("job", 1, first: 3));
        Assert.True(await next);
        Assert.Equal("3", Assert.IsType<JobEventReceived>(messages.Current).Event.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_subscription_has_caught_up_at_once()
    {
        await AppendAsync(Numbered("job", 3));
        await using var messages = Store.SubscribeAsync(cancellationToken: Token).GetAsyncEnumerator(Token);

        _ = Assert.IsType<JobEventsCaughtUp>(await NextAsync(messages));
        await AppendAsync(Numbered("job", 1, first: 3));
        Assert.Equal("3", Assert.IsType<JobEventReceived>(await NextAsync(messages)).Event.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_slow_reader_is_told_that_it_fell_behind_and_when_it_has_caught_up_again()
    {
        var options = From(JobEventStart.New) with { FallsBehindAt = 100, Capacity = 50 };
        await using var messages = Store.SubscribeAsync(options: options, cancellationToken: Token).GetAsyncEnumerator(Token);
        _ = Assert.IsType<JobEventsCaughtUp>(await NextAsync(messages));
        await AppendAsync(Numbered("job", 400));

        var told = new List<JobEventSubscriptionMessage>();
        do
        {
            told.Add(await NextAsync(messages));
        }
        while (told[^1] is not JobEventsCaughtUp);

        var fellBehind = Assert.Single(told.OfType<JobEventsFellBehind>());
        Assert.InRange(fellBehind.Pending, 100, 400);
        Assert.Equal(Enumerable.Range(0, 400), NumbersOf(told.OfType<JobEventReceived>().Select(received => received.Event)));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_subscription_goes_on_after_a_cursor_with_no_gap_and_no_event_twice()
    {
        await AppendAsync(Numbered("job", 10));
        var before = new List<JobEvent>();
        var cursor = "";
        await foreach (var message in Store.SubscribeAsync(options: From(JobEventStart.Beginning), cancellationToken: Token))
        {
            if (message is JobEventReceived received)
            {
                before.Add(received.Event);
                cursor = $"{received.Cursor}";
            }

            if (before.Count == 4)
            {
                break;
            }
        }

        await AppendAsync(Numbered("job", 5, first: 10));
        var after = await TakeAsync(Store.StreamAsync(start: JobEventStart.After(JobEventCursor.Parse(cursor)), cancellationToken: Token), 11);

        Assert.Equal(Enumerable.Range(0, 15), NumbersOf(before.Concat(after)));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_subscription_after_a_cursor_of_another_stream_is_refused()
    {
        await AppendAsync(Numbered("job", 3));
        var start = JobEventStart.After(JobEventCursor.Parse("2-0123abcd"));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await TakeAsync(Store.StreamAsync(start: start, cancellationToken: Token), 1));

        Assert.Contains("is not of", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_begins_at_a_time()
    {
        await AppendAsync(Numbered("job", 3));
        var time = DateTimeOffset.UtcNow;
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow > time.AddMilliseconds(50), null, "the clock goes on");
        await AppendAsync(Numbered("job", 3, first: 3));

        AssertNumbers([3, 4, 5], NumbersOf(await TakeAsync(Store.StreamAsync(start: JobEventStart.Since(time.AddMilliseconds(20)), cancellationToken: Token), 3)));
        AssertNumbers([0], NumbersOf(await TakeAsync(Store.StreamAsync(start: JobEventStart.Since(time.AddHours(-1)), cancellationToken: Token), 1)));

        await using var later = Store.StreamAsync(start: JobEventStart.Since(time.AddHours(1)), cancellationToken: Token).GetAsyncEnumerator(Token);
        var first = later.MoveNextAsync();
        await AppendAsync(Numbered("job", 1, first: 6));
        Assert.True(await first);
        Assert.Equal("6", later.Current.Message);
    }

    [Theory(Timeout = Deadline)]
    [MemberData(nameof(Filters))]
    public async Task A_stream_gives_what_its_filter_means_live_as_from_the_past(string text, int[] expected)
    {
        var filter = JobEventFilter.Parse(text);
        await using var live = Store.SubscribeAsync(filter, cancellationToken: Token).GetAsyncEnumerator(Token);
        _ = Assert.IsType<JobEventsCaughtUp>(await NextAsync(live));
        await AppendMixedAsync();

        var past = new List<JobEvent>();
        await foreach (var message in Store.SubscribeAsync(filter, From(JobEventStart.Beginning), Token))
        {
            if (message is JobEventsCaughtUp)
            {
                break;
            }

            past.Add(Assert.IsType<JobEventReceived>(message).Event);
        }

        Assert.Equal(expected, Numbers(past));
        foreach (var number in expected)
        {
            Assert.Equal([number], Numbers([Assert.IsType<JobEventReceived>(await NextAsync(live)).Event]));
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_that_were_removed_before_they_were_read_are_told_of_and_the_rest_is_read()
    {
        await AppendAsync([.. Numbered("first", 2), .. Numbered("gone", 3, first: 2), .. Numbered("last", 2, first: 5)]);
        var second = (await ReadAsync(Store.GetByJobAsync("first", cancellationToken: Token)))[1].Sequence;
        Assert.Equal(2, await Store.DeleteByJobAsync("first", Token));
        Assert.Equal(3, await Store.DeleteByJobAsync("gone", Token));

        await using var messages = Store.SubscribeAsync(options: From(JobEventStart.At(second + 1)), cancellationToken: Token).GetAsyncEnumerator(Token);

        var lost = Assert.IsType<JobEventsLost>(await NextAsync(messages));
        Assert.Equal((second + 1, second + 3, 3), (lost.From, lost.To, lost.Count));
        Assert.Equal("5", Assert.IsType<JobEventReceived>(await NextAsync(messages)).Event.Message);
        await using var all = Store.SubscribeAsync(options: From(JobEventStart.Beginning), cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.Equal("5", Assert.IsType<JobEventReceived>(await NextAsync(all)).Event.Message);
    }

    private static JobEventSubscriptionOptions From(JobEventStart start) => new() { Start = start };

    private static async Task<JobEventSubscriptionMessage> NextAsync(IAsyncEnumerator<JobEventSubscriptionMessage> messages)
    {
        Assert.True(await messages.MoveNextAsync());
        return messages.Current;
    }
}
