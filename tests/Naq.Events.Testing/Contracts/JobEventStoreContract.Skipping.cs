using Naq.Events.Processing;

namespace Naq.Events.Testing.Contracts;

/// <summary>A durable processor that is told to go on somewhere else.</summary>
public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_backlog_is_left_on_purpose()
    {
        await AppendAsync(Numbered("job", 300));
        Assert.Equal(Enumerable.Range(0, 10), await AcknowledgeAsync(Request(), 10));

        await SkipToAsync(JobEventStart.At(await SequenceAsync(200)));

        Assert.Equal(Enumerable.Range(200, 100), await AcknowledgeAsync(Request(), 100));
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_are_handled_again_from_an_earlier_one_on()
    {
        await AppendAsync(Numbered("job", 50));
        Assert.Equal(Enumerable.Range(0, 50), await AcknowledgeAsync(Request(), 50));

        await SkipToAsync(JobEventStart.At(await SequenceAsync(20)));

        Assert.Equal(Enumerable.Range(20, 30), await AcknowledgeAsync(Request(), 30));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_subscriber_that_runs_goes_on_where_it_is_told_to()
    {
        await AppendAsync(Numbered("job", 1_000));
        var numbers = new List<int>();
        await foreach (var delivery in DeliverAsync(Request(), Token))
        {
            numbers.Add(NumberOf(delivery.Event!));
            await delivery.AcknowledgeAsync(Token);
            if (numbers.Count == 1)
                await SkipToAsync(JobEventStart.At(await SequenceAsync(900)));

            if (numbers[^1] == 999)
                break;
        }

        // What had come already may still be handed out, but not the backlog.
        Assert.Equal(Enumerable.Range(900, 100), numbers.TakeLast(100));
        Assert.InRange(numbers.Count, 101, 500);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_name_that_is_new_begins_where_it_is_told_to()
    {
        await AppendAsync(Numbered("job", 10));

        await SkipToAsync(JobEventStart.New);
        await AppendAsync(Numbered("job", 5, first: 10));

        Assert.Equal(Enumerable.Range(10, 5), await AcknowledgeAsync(Request(), 5));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_is_in_hand_is_left_behind_by_a_skip()
    {
        await AppendAsync(Numbered("job", 20));
        await using (var deliveries = DeliverAsync(Request() with { AckWait = ShortAckWait }, Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await deliveries.MoveNextAsync());
            var inHand = deliveries.Current;

            await SkipToAsync(JobEventStart.At(await SequenceAsync(10)));
            await inHand.RetryAsync(TimeSpan.Zero, Token);
        }

        Assert.Equal(Enumerable.Range(10, 10), await AcknowledgeAsync(Request(), 10));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_skip_to_a_cursor_of_another_stream_is_refused_and_changes_nothing()
    {
        await AppendAsync(Numbered("job", 10));
        Assert.Equal(Enumerable.Range(0, 5), await AcknowledgeAsync(Request(), 5));

        _ = await Assert.ThrowsAsync<ArgumentException>(
            () => SkipToAsync(JobEventStart.After(new JobEventCursor(3, "another-stream"))).AsTask());

        Assert.Equal(Enumerable.Range(5, 5), await AcknowledgeAsync(Request(), 5));
    }

    private ValueTask SkipToAsync(JobEventStart start) =>
        ((IDeliveringStore)Store).SkipToAsync(Request() with { Start = start }, Token);

    private async Task<ulong> SequenceAsync(int number) =>
        (await Store.QueryAsync(cancellationToken: Token).FirstAsync(jobEvent => NumberOf(jobEvent) == number, Token)).Sequence;
}
