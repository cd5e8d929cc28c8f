using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class OrderTests
{
    [Fact]
    public Task Events_of_one_job_are_handled_in_order_and_never_more_at_once_than_allowed() => Gen.Select(
        Gen.Int[1, 6], Gen.Int[0, 9].Array[1, 150], Gen.Int[0, 3].Array[10], Gen.Bool).SampleAsync(
        static async (handlers, jobs, delays, durable) =>
        {
            using var store = new InMemoryJobEventStore();
            var handled = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
            var count = 0;
            var running = 0;
            var most = 0;
            await using var test = await StartAsync(
                store,
                async (jobEvent, _, _) =>
                {
                    Raise(ref most, Interlocked.Increment(ref running));
                    var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
                    for (var i = 0; i < delays[number % 10]; i++)
                        await Task.Yield();

                    handled.GetOrAdd(jobEvent.JobId, static _ => new ConcurrentQueue<int>()).Enqueue(number);
                    _ = Interlocked.Decrement(ref running);
                    _ = Interlocked.Increment(ref count);
                },
                options =>
                {
                    options.MaxConcurrentHandlers = handlers;
                    options.Name = durable ? "order" : null;
                });
            await store.AppendAsync([.. jobs.Select(static (job, number) => Event($"job-{job}", number))]);
            await Eventually.TrueAsync(() => Volatile.Read(ref count) == jobs.Length, null, "every event is handled");
            Assert.InRange(most, 1, handlers);
            foreach (var (jobId, numbers) in handled)
            {
                var expected = jobs.Select(static (job, number) => (job, number)).Where(item => $"job-{item.job}" == jobId);
                Assert.Equal(expected.Select(static item => item.number), numbers);
            }
        },
        iter: 100,
        threads: 1);

    [Theory]
    [InlineData(null)]
    [InlineData("parallel")]
    public async Task As_many_jobs_as_allowed_run_at_once_and_not_one_more(string? name)
    {
        using var store = new InMemoryJobEventStore();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        var ended = 0;
        var most = 0;
        await using var test = await StartAsync(
            store,
            async (_, _, _) =>
            {
                Raise(ref most, Interlocked.Increment(ref running));
                await gate.Task;
                _ = Interlocked.Decrement(ref running);
                _ = Interlocked.Increment(ref ended);
            },
            options =>
            {
                options.MaxConcurrentHandlers = 7;
                options.Name = name;
            });
        await store.AppendAsync([.. Enumerable.Range(0, 20).Select(static number => Event($"job-{number}"))]);
        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 7, null, "seven jobs run, whatever their ids");
        await test.Processor.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, Volatile.Read(ref running));
        gate.SetResult();
        await Eventually.TrueAsync(() => Volatile.Read(ref ended) == 20, null, "the others follow");
        Assert.Equal(7, most);
    }

    [Fact]
    public async Task Without_an_order_the_events_of_one_job_run_at_once()
    {
        using var store = new InMemoryJobEventStore();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        await using var test = await StartAsync(
            store,
            async (_, _, _) =>
            {
                _ = Interlocked.Increment(ref running);
                await gate.Task;
            },
            static options => (options.MaxConcurrentHandlers, options.Ordering) = (7, JobEventOrdering.None));

        await store.AppendAsync([.. Enumerable.Range(0, 7).Select(static number => Event("job", number))]);

        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 7, null, "all run");
        gate.SetResult();
    }

    [Fact]
    public async Task A_slow_job_does_not_hold_up_the_others()
    {
        using var store = new InMemoryJobEventStore();
        var gate = new TaskCompletionSource();
        var others = 0;
        var slow = 0;
        await using var test = await StartAsync(
            store,
            async (jobEvent, _, _) =>
            {
                if (jobEvent.JobId == "slow")
                {
                    _ = Interlocked.Increment(ref slow);
                    await gate.Task;
                }
                else
                {
                    _ = Interlocked.Increment(ref others);
                }
            },
            static options => options.MaxConcurrentHandlers = 2);
        await store.AppendAsync([.. Enumerable.Range(0, 7).Select(static number => Event("slow", number))]);
        await store.AppendAsync([.. Enumerable.Range(0, 100).Select(static number => Event($"job-{number}"))]);
        await Eventually.TrueAsync(() => Volatile.Read(ref others) == 100, null, "a hundred jobs go past the slow one");
        Assert.Equal(1, Volatile.Read(ref slow));
        gate.SetResult();
        await Eventually.TrueAsync(() => Volatile.Read(ref slow) == 7, null, "the slow one goes on");
    }

    private static void Raise(ref int most, int now)
    {
        int seen;
        while (now > (seen = Volatile.Read(ref most)))
            _ = Interlocked.CompareExchange(ref most, now, seen);
    }
}
