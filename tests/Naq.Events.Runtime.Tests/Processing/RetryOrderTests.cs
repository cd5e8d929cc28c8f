using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>What a job's later events, and other jobs, do while an event waits for its next try.</summary>
public sealed partial class RetryOrderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobEventStore _store;
    private readonly ConcurrentQueue<(string JobId, string Number, int Delivery)> _handled = new();

    public RetryOrderTests() => _store = new InMemoryJobEventStore(timeProvider: _time);

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(JobEventRetryOrder.BlockJob, "0 1 1 1 2 3 3")]
    [InlineData(JobEventRetryOrder.Continue, "0 1 2 3 1 3 1")]
    public async Task Later_events_of_a_job_wait_behind_a_failed_one_or_pass(JobEventRetryOrder order, string expected)
    {
        await using var test = await StartAsync(
            (jobEvent, context) => (jobEvent.Message == "1" && context.Delivery < 3) || (jobEvent.Message == "3" && context.Delivery < 2),
            options => options.OnRetry = order);

        await _store.AppendAsync([Event("job", 0), Event("job", 1), Event("job", 2), Event("job", 3)]);

        await _time.AdvanceUntilAsync(() => _handled.Count == 7);
        Assert.Equal(expected, string.Join(' ', _handled.Select(static handled => handled.Number)));
    }

    [Fact]
    public async Task After_a_dead_letter_the_job_goes_on()
    {
        await using var test = await StartAsync(static (jobEvent, _) => jobEvent.Message == "1", static options => options.MaxDeliver = 2);

        await _store.AppendAsync([Event("job", 0), Event("job", 1), Event("job", 2)]);

        await _time.AdvanceUntilAsync(() => _handled.Count == 4);
        Assert.Equal(["0", "1", "1", "2"], _handled.Select(static handled => handled.Number));
        Assert.Equal(2, Assert.Single(test.Processor.DeadLetters!.List()).Deliveries);
    }

    [Fact]
    public async Task Many_jobs_that_wait_hold_up_no_other()
    {
        // More of them than there is room for, each with another event behind the one that waits.
        await using var test = await StartAsync(
            static (jobEvent, _) => jobEvent.JobId.StartsWith("broken", StringComparison.Ordinal),
            static options => options.MaxConcurrentHandlers = 2);
        var broken = Enumerable.Range(0, 200).Select(static number => $"broken-{number}").ToList();
        await _store.AppendAsync([.. broken.Select(static job => Event(job)), .. broken.Select(static job => Event(job, 1))]);
        await _store.AppendAsync([.. Enumerable.Range(0, 100).Select(static number => Event($"good-{number}"))]);

        // Time stands still: none of the broken is tried again.
        await Eventually.TrueAsync(() => _handled.Count == 300, null, "each job had its turn");

        Assert.Equal(100, _handled.Count(static handled => handled.JobId.StartsWith("good", StringComparison.Ordinal)));
        Assert.Equal(broken.Order(), _handled.Select(static handled => handled.JobId).Where(static job => job[0] == 'b').Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task What_comes_behind_events_that_wait_takes_up_no_room_and_keeps_its_place(int mostWaiting)
    {
        var isBroken = true;
        await using var test = await StartAsync(
            (jobEvent, _) => Volatile.Read(ref isBroken) && jobEvent.JobId.StartsWith("broken", StringComparison.Ordinal) && jobEvent.Message == "0",
            options => (options.MostWaiting, options.MaxConcurrentHandlers) = (mostWaiting, 2));
        var broken = Enumerable.Range(0, 60).Select(static number => $"broken-{number}").ToList();
        for (var number = 0; number < 4; number++)
            await _store.AppendAsync([.. broken.Select(job => Event(job, number))]);

        await _store.AppendAsync([.. Enumerable.Range(0, 100).Select(static number => Event($"good-{number}"))]);
        await Eventually.TrueAsync(() => _handled.Count == 160, null, "each job had its turn");
        Volatile.Write(ref isBroken, false);

        await _time.AdvanceUntilAsync(() => _handled.Count == 160 + (4 * 60));

        foreach (var job in broken)
        {
            Assert.Equal(
                [("0", 1), ("0", 2), ("1", 1), ("2", 1), ("3", 1)],
                _handled.Where(handled => handled.JobId == job).Select(static handled => (handled.Number, handled.Delivery)));
        }

        await Eventually.TrueAsync(() => test.Processor.DeadLetters!.Count() == 0, null, "nothing is left");
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_next_try_and_gives_everything_back_in_order()
    {
        var fails = true;
        await using (var test = await StartAsync((jobEvent, _) => fails && jobEvent.Message == "1"))
        {
            await _store.AppendAsync([Event("job", 0), Event("job", 1), Event("job", 2)]);
            await Eventually.TrueAsync(() => _handled.Count == 2, null, "the second has failed");
            await Eventually.TrueAsync(() => test.Log.Of(300).Count == 1, null, "its failure is logged");
            await test.Processor.StopAsync();
        }

        fails = false;
        await using var next = await StartAsync(static (_, _) => false);
        await Eventually.TrueAsync(() => _handled.Count == 4, null, "what was given back is handled");

        // The last had not been tried: its first delivery does not count.
        Assert.Equal([("0", 1), ("1", 1), ("1", 2), ("2", 1)], _handled.Select(static handled => (handled.Number, handled.Delivery)));
    }

    private Task<ProcessorUnderTest> StartAsync(
        Func<JobEvent, JobEventContext, bool> fails, Action<JobEventProcessorOptions>? configure = null) =>
        ProcessorUnderTest.StartAsync(
            _store,
            (jobEvent, context, _) =>
            {
                _handled.Enqueue((jobEvent.JobId, jobEvent.Message!, context.Delivery));
                return fails(jobEvent, context) ? throw new InvalidOperationException("broken") : default;
            },
            options =>
            {
                options.Name = "orders";
                configure?.Invoke(options);
            },
            _time);
}
