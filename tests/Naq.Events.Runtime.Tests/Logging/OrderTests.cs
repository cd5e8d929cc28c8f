using CsCheck;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class OrderTests
{
    [Fact]
    public Task Events_of_one_thread_reach_the_store_in_its_order() => Gen.Select(
        Gen.Int[1, 16], Gen.Int[1, 300], Gen.Int[1, 50], Gen.Bool).SampleAsync(
        static async (threads, count, batchSize, yields) =>
        {
            var store = new RecordingStore(async (_, _) =>
            {
                if (yields)
                    await Task.Yield();
            });
            await using var test = new LoggerUnderTest(store, options => options.BatchSize = batchSize);
            var written = new Guid[threads][];
            var running = Enumerable.Range(0, threads).Select(number => new Thread(() =>
                written[number] = [.. Enumerable.Range(0, count).Select(_ => test.Write($"job-{number}"))])).ToList();
            running.ForEach(static thread => thread.Start());
            running.ForEach(static thread => thread.Join());

            var result = await test.Logger.FlushAsync();
            Assert.True(result.Completed);
            Assert.Equal(threads * count, store.Events.Count);
            for (var number = 0; number < threads; number++)
            {
                var job = $"job-{number}";
                Assert.Equal(written[number], store.Events.Where(stored => stored.JobId == job).Select(static stored => stored.Id));
            }
        },
        iter: 30,
        threads: 1);

    [Fact]
    public async Task Threads_that_wait_for_room_keep_their_order_and_lose_nothing()
    {
        var store = new RecordingStore(static async (_, _) => await Task.Yield());
        await using var test = new LoggerUnderTest(store, static options =>
        {
            options.MaxBufferSize = 7;
            options.BatchSize = 3;
        });
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < 500; i++)
            {
                var jobEvent = new JobEvent($"job-{number}", JobEventType.Started);
                ids.Add(jobEvent.Id);
                await test.Logger.LogAsync(jobEvent);
            }

            return ids;
        })));

        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(4_000, store.Events.Count);
        for (var number = 0; number < written.Length; number++)
            Assert.Equal(written[number], store.Events.Where(stored => stored.JobId == $"job-{number}").Select(static stored => stored.Id));
    }
}
