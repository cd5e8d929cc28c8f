namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_stream_from_the_beginning_joins_history_and_live_without_a_gap()
    {
        await AppendAsync(Numbered("job", 1_200));
        var appending = Task.Run(
            async () =>
            {
                for (var number = 1_200; number < 1_500; number += 10)
                {
                    await Store.AppendAsync(Numbered("job", 10, first: number), Token);
                }
            },
            Token);

        var read = await TakeAsync(Store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token), 1_500);
        await appending;

        Assert.Equal(Enumerable.Range(0, 1_500), NumbersOf(read));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_stream_sees_what_is_stored_after_its_first_step_and_nothing_before()
    {
        await AppendAsync(Numbered("job", 5));
        await using var stream = Store.StreamAsync(cancellationToken: Token).GetAsyncEnumerator(Token);

        var first = stream.MoveNextAsync();
        await AppendAsync(Numbered("job", 2, first: 5));

        Assert.True(await first);
        Assert.Equal("5", stream.Current.Message);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("6", stream.Current.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_begins_at_a_sequence()
    {
        await AppendAsync(Numbered("job", 10));
        var fifth = (await ReadAsync(Store.GetByJobAsync("job", limit: 1, offset: 4, Token)))[0];

        var read = await TakeAsync(Store.StreamAsync(start: JobEventStart.At(fifth.Sequence), cancellationToken: Token), 6);

        Assert.Equal([4, 5, 6, 7, 8, 9], NumbersOf(read));
        Assert.Equal(fifth.Sequence, read[0].Sequence);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_begins_at_a_sequence_that_is_still_to_come()
    {
        await AppendAsync(Numbered("job", 3));
        var last = (await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token)))[^1];
        await using var stream = Store.StreamAsync(start: JobEventStart.At(last.Sequence + 2), cancellationToken: Token).GetAsyncEnumerator(Token);

        var first = stream.MoveNextAsync();
        await AppendAsync(Numbered("job", 2, first: 3));

        Assert.True(await first);
        Assert.Equal("4", stream.Current.Message);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_filter_says_what_is_streamed()
    {
        var billing = await OpenAsync(Environment, "billing");
        await AppendAsync(
            new JobEvent("a", JobEventType.Started) { Message = "0" },
            new JobEvent("b", JobEventType.Started) { Message = "1" },
            new JobEvent("a", JobEventType.Failed) { Message = "2" },
            new JobEvent("a", JobEventType.Completed) { Message = "3" },
            new JobEvent("b", JobEventType.Completed) { Message = "4" });
        await billing.AppendAsync(Numbered("a", 1, first: 5), Token);
        var beginning = JobEventStart.Beginning;

        AssertNumbers([0, 2, 3], NumbersOf(await TakeAsync(Store.StreamAsync(JobEventFilter.ForJob("a"), beginning, Token), 3)));
        AssertNumbers([2, 3, 4], NumbersOf(await TakeAsync(
            Store.StreamAsync(JobEventFilter.ForTypes(JobEventType.Failed, JobEventType.Completed), beginning, Token), 3)));
        AssertNumbers([5], NumbersOf(await TakeAsync(Store.StreamAsync(new JobEventFilter { Service = "billing" }, beginning, Token), 1)));

        // Between services no order is promised: each may have a stream of its own.
        var all = NumbersOf(await TakeAsync(Store.StreamAsync(new JobEventFilter { Service = JobEventFilter.AllServices }, beginning, Token), 6));
        AssertNumbers([0, 1, 2, 3, 4, 5], [.. all.Order()]);
        AssertNumbers([0, 1, 2, 3, 4], [.. all.Where(static number => number != 5)]);
    }

    [Fact(Timeout = Deadline)]
    public async Task Streams_run_side_by_side()
    {
        var streams = Enumerable.Range(0, 5)
            .Select(_ => TakeAsync(Store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token), 200))
            .ToArray();

        await AppendAsync(Numbered("job", 200));

        foreach (var read in await Task.WhenAll(streams))
        {
            Assert.Equal(Enumerable.Range(0, 200), NumbersOf(read));
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_cancelled_stream_ends()
    {
        await AppendAsync(Numbered("job", 1));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var stream = Store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await stream.MoveNextAsync());

        var next = stream.MoveNextAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }
}
