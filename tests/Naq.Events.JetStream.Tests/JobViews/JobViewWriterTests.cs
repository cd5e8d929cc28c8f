using Naq.Events.JetStream.JobViews;

namespace Naq.Events.JetStream.Tests.JobViews;

/// <summary>What a writer does that comes too late: it holds events that others have folded, or that were removed meanwhile.</summary>
public sealed class JobViewWriterTests(SharedServer server) : IAsyncDisposable
{
    private const string Key = "1.test.shop.job";

    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact]
    public async Task A_late_write_does_not_take_back_what_another_has_folded()
    {
        await using var store = _stream.Store();
        var (bucket, events) = await PrepareAsync(store, 6);
        var (late, other) = (new JobViewWriter(bucket, 1), new JobViewWriter(bucket, 1));
        await late.ApplyAsync(events[..2], 2, Token);
        await other.ApplyAsync(events[2..5], 5, Token);

        await late.ApplyAsync(events[2..3], 3, Token);
        Assert.Equal((5UL, 5L), await EntryAsync(bucket));

        await late.ApplyAsync(events[3..6], 6, Token);
        Assert.Equal((6UL, 6L), await EntryAsync(bucket));
    }

    [Fact]
    public async Task Events_that_were_removed_before_they_were_folded_are_not_brought_back()
    {
        await using var store = _stream.Store();
        var (bucket, events) = await PrepareAsync(store, 6);
        var late = new JobViewWriter(bucket, 1);
        await late.ApplyAsync(events[..2], 2, Token);
        Assert.Equal(3, await store.DeleteAsync(new JobEventFilter { QueueName = "odd" }, Token));

        await late.ApplyAsync(events[2..], 6, Token);
        Assert.Equal((6UL, 3L), await EntryAsync(bucket));

        Assert.Equal(3, await store.DeleteByJobAsync("job", Token));
        await late.ApplyAsync(events, 6, Token);
        await new JobViewWriter(bucket, 1).ApplyAsync(events, 6, Token);
        Assert.Equal((6UL, null), await EntryAsync(bucket));

        await store.AppendAsync(new JobEvent("job", "started"), Token);
        await late.ApplyAsync([(await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token))[0]], 7, Token);
        Assert.Equal((7UL, 1L), await EntryAsync(bucket));
    }

    [Fact]
    public async Task A_view_that_is_begun_anew_has_other_keys_and_loses_the_old()
    {
        await using var store = _stream.Store();
        var (bucket, events) = await PrepareAsync(store, 6);
        await new JobViewWriter(bucket, 1).ApplyAsync(events, 6, Token);

        Assert.Equal(6, await store.DeleteAsync(JobEventFilter.ForNames("started"), Token));

        var position = await bucket.FindPositionAsync(Token);
        Assert.Equal((2L, 0UL), (position.Value!.Epoch, position.Value.Sequence));
        Assert.Equal(0UL, (await bucket.FindEntryAsync(Key, Token)).Revision);
    }

    private static async Task<(JobViewBucket Bucket, JobEvent[] Events)> PrepareAsync(JetStreamEventStore store, int count)
    {
        await store.AppendAsync(
            [.. Enumerable.Range(0, count).Select(number => new JobEvent("job", "started") { QueueName = number % 2 == 1 ? "odd" : "even" })], Token);
        var (bucket, stream) = await store.OpenJobViewAsync(Token);
        await bucket.EnsureAsync(Token);
        var position = new JobViewPosition(1, (await stream.StateAsync(Token)).Id, 0, "test");
        Assert.NotEqual(0UL, await bucket.PutPositionAsync(position, 0, Token));
        return (bucket, [.. await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token)]);
    }

    private static async Task<(ulong Through, long? Events)> EntryAsync(JobViewBucket bucket)
    {
        var entry = (await bucket.FindEntryAsync(Key, Token)).Value!;
        return (entry.Through, entry.Job?.EventCount);
    }
}
