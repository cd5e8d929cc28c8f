namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task Events_of_a_name_with_a_retention_go_when_it_is_over_and_others_stay()
    {
        var keeping = await OpenAsync(
            Environment, "keeping", new Dictionary<string, TimeSpan> { ["dequeued"] = TimeSpan.FromSeconds(1), ["failed"] = TimeSpan.FromHours(1) });
        await keeping.AppendAsync(EachNumbered("dequeued", "failed", "started", "dequeued"), Token);

        await Eventually.TrueAsync(() => IsLeftAsync(keeping, 2), null, "the dequeued events expire");

        AssertNumbers([1, 2], NumbersOf(await ReadAsync(keeping.QueryAsync(cancellationToken: Token))));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_retention_for_all_other_names_is_for_those_without_their_own()
    {
        var keeping = await OpenAsync(
            Environment, "keeping", new Dictionary<string, TimeSpan> { ["*"] = TimeSpan.FromSeconds(1), ["failed"] = TimeSpan.FromHours(1) });
        await keeping.AppendAsync(EachNumbered("dequeued", "failed", "started", "payment_captured"), Token);

        await Eventually.TrueAsync(() => IsLeftAsync(keeping, 1), null, "all but the failed event expire");

        AssertNumbers([1], NumbersOf(await ReadAsync(keeping.QueryAsync(cancellationToken: Token))));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_retention_is_for_the_events_of_the_service_that_has_it()
    {
        var keeping = await OpenAsync(Environment, "keeping", new Dictionary<string, TimeSpan> { ["started"] = TimeSpan.FromSeconds(1) });
        await AppendAsync(Numbered("job", 2));
        await keeping.AppendAsync(Numbered("job", 2), Token);

        await Eventually.TrueAsync(() => IsLeftAsync(keeping, 0), null, "its events expire");

        Assert.Equal(2, await Store.CountAsync(cancellationToken: Token));
    }

    private static JobEvent[] EachNumbered(params string[] names) =>
        [.. names.Select((name, number) => new JobEvent($"job-{number}", name) { Message = $"{number}" })];

    private static async Task<bool> IsLeftAsync(IJobEventStore store, long events)
    {
        // A server that cannot expire single events leaves it to this call.
        _ = await store.CleanupExpiredAsync(Token);
        return await store.CountAsync(cancellationToken: Token) == events;
    }
}
