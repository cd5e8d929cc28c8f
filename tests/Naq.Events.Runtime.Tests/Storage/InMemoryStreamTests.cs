using CsCheck;

namespace Naq.Events.Runtime.Tests.Storage;

public sealed class InMemoryStreamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Streams_from_anywhere_miss_nothing_while_others_append() => Gen.Select(
        Gen.Int[0, 600], Gen.Int[1, 4], Gen.Int[1, 12]).SampleAsync(
        static async (stored, writers, streams) =>
        {
            using var store = new InMemoryJobEventStore();
            const int Each = 400;
            await store.AppendAsync([.. Enumerable.Range(0, stored).Select(static _ => new JobEvent("before", JobEventType.Started))]);
            var last = (ulong)(stored + (writers * Each));
            var readers = Enumerable.Range(0, streams).Select(number => Task.Run(() => ReadAsync(store, (ulong)((number * 97) + 1), last))).ToList();
            await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < Each / 2; i++)
                    await store.AppendAsync([new JobEvent($"job-{writer}", JobEventType.Started), new JobEvent("job", JobEventType.Failed)]);
            })));
            foreach (var reader in readers)
                await reader.WaitAsync(Soon);
        },
        iter: 20,
        threads: 1);

    [Fact]
    public async Task A_stream_ends_when_it_is_cancelled_while_it_waits_and_while_it_reads()
    {
        using var store = new InMemoryJobEventStore();
        using var cancellation = new CancellationTokenSource();
        await using var waiting = store.StreamAsync(cancellationToken: cancellation.Token).GetAsyncEnumerator();
        var next = waiting.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var unused in store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: cancellation.Token))
                Assert.Fail("Nothing is read any more.");
        });
    }

    private static async Task ReadAsync(InMemoryJobEventStore store, ulong first, ulong last)
    {
        var expected = first;
        if (expected > last)
            return;

        await foreach (var jobEvent in store.StreamAsync(start: JobEventStart.At(first)))
        {
            Assert.Equal(expected++, jobEvent.Sequence);
            if (jobEvent.Sequence == last)
                return;
        }
    }
}
