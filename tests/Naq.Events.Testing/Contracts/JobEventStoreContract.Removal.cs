namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task Deleting_a_job_removes_its_events_of_this_service_and_no_others()
    {
        var billing = await OpenAsync(Environment, "billing");
        await AppendAsync([.. Numbered("a.b*>", 3), .. Numbered("other", 2, first: 3)]);
        await billing.AppendAsync(Numbered("a.b*>", 2, first: 5), Token);

        Assert.Equal(3, await Store.DeleteByJobAsync("a.b*>", Token));

        AssertNumbers([3, 4], NumbersOf(await ReadAsync(Store.QueryAsync(cancellationToken: Token))));
        AssertNumbers([], NumbersOf(await ReadAsync(Store.GetByJobAsync("a.b*>", cancellationToken: Token))));
        AssertNumbers([5, 6], NumbersOf(await ReadAsync(billing.GetByJobAsync("a.b*>", cancellationToken: Token))));
        Assert.Equal(0, await Store.DeleteByJobAsync("a.b*>", Token));
        Assert.Equal(2, Store.Count());
    }

    [Theory(Timeout = Deadline)]
    [InlineData("event_type=failed", 2)]
    [InlineData("event_type=failed,completed", 4)]
    [InlineData("job_id=a event_type=started,failed", 3)]
    [InlineData("worker_id=w1", 4)]
    [InlineData("tag.tenant=acme", 2)]
    [InlineData("message=DISK", 1)]
    [InlineData("until=2026-05-04T12:00:03Z", 3)]
    [InlineData("job_id=a until=2026-05-04T12:00:03Z", 3)]
    [InlineData("queue_name=unheard-of", 0)]
    public async Task Deleting_by_a_filter_removes_what_it_means_and_counts_it(string text, int removed)
    {
        await AppendMixedAsync();
        var filter = JobEventFilter.Parse(text);
        var others = Numbers(await ReadAsync(Store.QueryAsync(cancellationToken: Token)))
            .Except(Numbers(await ReadAsync(Store.QueryAsync(filter, cancellationToken: Token))))
            .ToArray();

        Assert.Equal(removed, await Store.DeleteAsync(filter, Token));

        Assert.Equal(others, Numbers(await ReadAsync(Store.QueryAsync(cancellationToken: Token))));
        Assert.Equal(0, await Store.CountAsync(filter, Token));
        Assert.Equal(0, await Store.DeleteAsync(filter, Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_is_logged_after_a_deletion_is_found_in_its_place()
    {
        await AppendAsync([.. Numbered("a", 3), .. Numbered("b", 3, first: 3), .. Numbered("a", 3, first: 6)]);

        Assert.Equal(6, await Store.DeleteByJobAsync("a", Token));
        await AppendAsync(Numbered("a", 2, first: 9));

        AssertNumbers([3, 4, 5, 9, 10], NumbersOf(await ReadAsync(Store.QueryAsync(cancellationToken: Token))));
        AssertNumbers([9, 10], NumbersOf(await ReadAsync(Store.GetByJobAsync("a", cancellationToken: Token))));
        AssertNumbers(
            [10, 9, 5], NumbersOf(await ReadAsync(Store.QueryAsync(options: new JobEventQueryOptions { Order = JobEventOrder.NewestFirst, Limit = 3 }, cancellationToken: Token))));
    }

    [Fact(Timeout = Deadline)]
    public async Task Everything_of_a_service_goes_only_when_that_is_said()
    {
        var billing = await OpenAsync(Environment, "billing");
        await AppendAsync(Numbered("a", 3));
        await billing.AppendAsync(Numbered("a", 2), Token);

        foreach (var unbounded in new[] { JobEventFilter.All, JobEventFilter.All.InAllServices(), JobEventFilter.All.InService("billing") })
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.DeleteAsync(unbounded, Token));
            Assert.Contains("DeleteAllAsync", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, await Store.DeleteAllAsync(Token));
        Assert.Equal(0, await Store.CountAsync(cancellationToken: Token));
        Assert.Equal(2, await billing.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task One_event_is_erased_by_its_sequence()
    {
        await AppendAsync(Numbered("a", 3));
        var second = (await ReadAsync(Store.GetByJobAsync("a", cancellationToken: Token)))[1];

        Assert.True(await Store.EraseAsync(second.Sequence, Token));

        AssertNumbers([0, 2], NumbersOf(await ReadAsync(Store.GetByJobAsync("a", cancellationToken: Token))));
        Assert.False(await Store.EraseAsync(second.Sequence, Token));
        Assert.False(await Store.EraseAsync(second.Sequence + 1_000, Token));
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.EraseAsync(0, Token));
    }

    [Fact(Timeout = Deadline)]
    public void Removals_have_blocking_forms()
    {
        Store.Append([.. Numbered("a", 2), .. Numbered("b", 2), .. Numbered("c", 1)]);

        Assert.Equal(2, Store.DeleteByJob("a"));
        Assert.True(Store.Erase(Store.GetByJob("b")[0].Sequence));
        Assert.Equal(1, Store.Delete(JobEventFilter.ForJob("b")));
        Assert.Equal(0, Store.CleanupExpired());
        Assert.Equal(1, Store.DeleteAll());
    }
}
