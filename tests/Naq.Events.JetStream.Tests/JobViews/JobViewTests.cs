using Naq.Events.JetStream.JobViews;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests.JobViews;

/// <summary>What the view lists is what the fold of all events is, whatever happens to events and projectors meanwhile.</summary>
public abstract class JobViewTests(string url) : IAsyncDisposable
{
    private const int Deadline = 120_000;

    private readonly TestStream _stream = new(url);
    private readonly List<JetStreamEventStore> _stores = [];
    private long _maxMessages = -1;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var store in _stores)
            await store.DisposeAsync();

        await _stream.DisposeAsync();
    }

    [Theory(Timeout = Deadline)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_projectors_at_once_and_a_kill_leave_what_the_fold_of_all_events_is(int seed)
    {
        var history = new RandomHistory(seed);
        await using var shop = Store();
        await using var worker = Store(service: "worker");
        await using var elsewhere = Store("other");
        await shop.AppendAsync(history.Next(1_500), Token);

        await using var first = Keep();
        await using (var killed = Store())
        {
            await using var second = new JobViewRun(killed, TimeSpan.Zero, _stream.Log, TimeProvider.System);
            foreach (var store in new[] { shop, worker, elsewhere, shop, worker })
            {
                await store.AppendAsync(history.Next(400), Token);
                await AssertSameAsync(shop, new JobListOptions(), new JobListOptions { Service = JobEventFilter.AllServices });
            }

            // Its connection goes away under its writes: what it has half done stays so.
            await killed.DisposeAsync();
        }

        await shop.AppendAsync(history.Next(300), Token);
        await AssertFoldedAsync(shop);
        await AssertSameAsync(shop);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_list_has_every_job_while_the_view_is_written()
    {
        const int Jobs = 200;
        await using var store = Store();
        await using var writing = Store();
        await using var first = Keep();
        await using var second = Keep();
        await store.AppendAsync(Round(), Token);
        await AssertFoldedAsync(store);
        var rounds = 1;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writer = Task.Run(
            async () =>
            {
                while (!ending.IsCancellationRequested)
                {
                    // Not so fast that the view falls so far behind that it is not used.
                    if ((await StatusAsync(writing)).Behind > 10 * Jobs)
                        continue;

                    await writing.AppendAsync(Round(), Token);
                    _ = Interlocked.Increment(ref rounds);
                }
            },
            Token);
        for (var list = 0; list < 60; list++)
        {
            var before = Volatile.Read(ref rounds);
            var jobs = await ((Storage.IJobViewStore)store).TryListJobsAsync(new JobListOptions(), Token);

            Assert.True(jobs is { Count: Jobs }, $"list {list} has {jobs?.Count} jobs");
            Assert.DoesNotContain(jobs!, job => job.EventCount < before);
        }

        await ending.CancelAsync();
        await writer;

        static JobEvent[] Round() => [.. Enumerable.Range(0, Jobs).Select(number => new JobEvent($"job-{number}", "started"))];
    }

    [Fact(Timeout = Deadline)]
    public async Task What_the_limits_remove_is_not_in_the_view_any_more()
    {
        var history = new RandomHistory(4);
        _maxMessages = 500;
        await using var store = Store();
        await using var projector = Keep();
        for (var round = 0; round < 5; round++)
        {
            await store.AppendAsync(history.Next(230), Token);
            await AssertFoldedAsync(store);
            await AssertSameAsync(store, new JobListOptions(), new JobListOptions { QueueName = "queue-1", Limit = 9 });
        }

        await store.AppendAsync([.. Enumerable.Range(0, 500).Select(_ => new JobEvent("last", "started"))], Token);
        await AssertFoldedAsync(store);
        Assert.Equal("last", Assert.Single(await ListAsync(store, new JobListOptions())).JobId);
        var (bucket, events) = await store.OpenJobViewAsync(Token);
        await new JobViewSweep(bucket, events, epoch: 1).SweepAsync(Token);
        Assert.Equal(2, (await bucket.Consumers.StateAsync(Token)).Messages); // The position, and the job that is left.
    }

    [Fact(Timeout = Deadline)]
    public async Task What_is_removed_is_taken_out_of_the_view_while_it_is_kept()
    {
        var history = new RandomHistory(5);
        await using var store = Store();
        await using var first = Keep();
        await using var second = Keep();
        await store.AppendAsync(history.Next(2_000), Token);
        await AssertSameAsync(store);
        var jobs = await ListAsync(store, new JobListOptions());
        Assert.NotEqual(0, await store.DeleteByJobAsync(jobs[0].JobId, Token));
        await AssertSameAsync(store);
        await store.AppendAsync(history.Next(200), Token);

        Assert.NotEqual(0, await store.DeleteAsync(new JobEventFilter { QueueName = "queue-1" }, Token));
        await AssertSameAsync(store);
        Assert.True(await store.EraseAsync((await ListAsync(store, new JobListOptions()))[3].LastSequence, Token));
        await AssertSameAsync(store);
        await store.AppendAsync(history.Next(200), Token);
        Assert.NotEqual(0, await store.DeleteAsync(JobEventFilter.ForNames("failed"), Token));
        await AssertSameAsync(store);
        await AssertFoldedAsync(store);
        await AssertSameAsync(store);

        Assert.NotEqual(0, await store.DeleteAllAsync(Token));
        Assert.Empty(await ListAsync(store, new JobListOptions()));
        await store.AppendAsync(history.Next(100), Token);
        await AssertFoldedAsync(store);
        await AssertSameAsync(store);
    }

    [Fact(Timeout = Deadline)]
    public async Task Lists_do_not_need_the_view_and_read_it_when_it_is_not_far_behind()
    {
        await using var store = Store();
        await store.AppendAsync(new RandomHistory(6).Next(500), Token);
        Assert.Equal(new JobViewStatus(0, 500, IsUsed: false), await StatusAsync(store));

        await using (Keep())
            await AssertFoldedAsync(store);

        await AppendManyAsync(store, 1_000);
        Assert.Equal(new JobViewStatus(500, 1_000, IsUsed: true), await StatusAsync(store));
        await AssertSameAsync(store, new JobListOptions());

        // No list here: the oldest server reads so many events one by one.
        await AppendManyAsync(store, JobViewReader.MostBehind - 1_000);
        Assert.Equal(new JobViewStatus(500, JobViewReader.MostBehind, IsUsed: true), await StatusAsync(store));
        await AppendManyAsync(store, 1);
        Assert.Equal(new JobViewStatus(500, JobViewReader.MostBehind + 1, IsUsed: false), await StatusAsync(store));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_projector_takes_over_at_once_from_one_that_stops_and_after_a_while_from_one_that_dies()
    {
        await using var store = Store();
        await using var dying = Store();
        var patient = new JobViewProjectorOptions { TakeOverAfter = TimeSpan.FromHours(1) };
        await using var stopping = new JobViewProjector(store, patient, _stream.Log);
        await using var next = new JobViewProjector(dying, new JobViewProjectorOptions { TakeOverAfter = TimeSpan.FromSeconds(2) }, _stream.Log);
        await stopping.StartAsync(Token);
        await next.StartAsync(Token);
        await store.AppendAsync(new RandomHistory(7).Next(100), Token);
        await AssertFoldedAsync(store);
        await stopping.StopAsync(Token);

        await store.AppendAsync(new RandomHistory(8).Next(100), Token);
        await AssertFoldedAsync(store);
        await dying.DisposeAsync();
        await store.AppendAsync(new RandomHistory(9).Next(100), Token);
        await using var last = new JobViewProjector(store, new JobViewProjectorOptions { TakeOverAfter = TimeSpan.FromMilliseconds(500) }, _stream.Log);
        await last.StartAsync(Token);
        await AssertFoldedAsync(store);
        await AssertSameAsync(store);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_that_is_made_again_has_a_view_of_its_own()
    {
        await using (var store = Store())
        {
            await using var projector = Keep();
            await store.AppendAsync(new RandomHistory(10).Next(300), Token);
            await AssertFoldedAsync(store);
        }

        _ = await _stream.JetStream.DeleteStreamAsync(_stream.Name, Token);
        await using var again = Store();
        await again.AppendAsync([.. Enumerable.Range(0, 400).Select(_ => new JobEvent("only", "started"))], Token);
        Assert.Equal(new JobViewStatus(0, 400, IsUsed: false), await StatusAsync(again));
        Assert.Equal("only", Assert.Single(await ListAsync(again, new JobListOptions())).JobId);

        await using var next = Keep();
        await AssertFoldedAsync(again);
        Assert.Equal("only", Assert.Single(await ListAsync(again, new JobListOptions())).JobId);
    }

    private JetStreamEventStore Store(string environment = "test", string service = "shop", bool useJobView = true) => _stream.Store(
        environment,
        service,
        options =>
        {
            options.UseJobView = useJobView;
            options.MaxMessages = _maxMessages;
        });

    /// <summary>Keeps the view over a connection of its own, and never waits for another that does too.</summary>
    private JobViewRun Keep()
    {
        var store = Store();
        _stores.Add(store);
        return new JobViewRun(store, TimeSpan.Zero, _stream.Log, TimeProvider.System);
    }

    private static ValueTask<JobViewStatus> StatusAsync(JetStreamEventStore store) => store.JobViewStatusAsync(Token);

    /// <summary>Waits until the view has everything: a list is read from its entries alone then.</summary>
    private static Task AssertFoldedAsync(JetStreamEventStore store) => Eventually.TrueAsync(
        async () => await StatusAsync(store) is { Behind: 0, IsUsed: true }, TimeSpan.FromSeconds(30), "the view has caught up");

    private static async Task AppendManyAsync(JetStreamEventStore store, int count)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(10_000))
            await store.AppendAsync([.. part.Select(number => new JobEvent($"many-{number % 1_000}", "started"))], Token);
    }

    private async Task AssertSameAsync(JetStreamEventStore store, params JobListOptions[] lists)
    {
        await using var plain = Store(useJobView: false);
        foreach (var options in lists is [] ? Lists() : lists)
        {
            var (expected, actual) = (await ListAsync(plain, options), await ListAsync(store, options));

            // Read newest first, a range of time is in the order of the last events in it, and these events' times are in any order.
            if (options.Since is not null)
                (expected, actual) = ([.. expected.OrderBy(job => job.LastSequence)], [.. actual.OrderBy(job => job.LastSequence)]);

            Assert.True(expected.SequenceEqual(actual), $"{options}: {Difference(expected, actual)}");
        }
    }

    private static string Difference(List<JobSummary> expected, List<JobSummary> actual)
    {
        var index = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{expected.Count} and {actual.Count} jobs, at {index}:\n{expected.ElementAtOrDefault(index)}\n{actual.ElementAtOrDefault(index)}";
    }

    private static IEnumerable<JobListOptions> Lists()
    {
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        foreach (var options in new JobListOptions[]
        {
            new(),
            new() { States = [JobState.Running, JobState.Failed] },
            new() { QueueName = "queue-1", WorkerId = "worker-2" },
            new() { Since = since },
            new() { Limit = 7, States = [JobState.Completed] },
            new() { Limit = 5 },
            new() { Until = since },
        })
        {
            yield return options;
            yield return options with { Service = JobEventFilter.AllServices };
            yield return options with { Service = "worker", Environment = JobEventFilter.AllEnvironments };
        }
    }

    private static async Task<List<JobSummary>> ListAsync(JetStreamEventStore store, JobListOptions options)
    {
        var jobs = new List<JobSummary>();
        await foreach (var job in store.ListJobsAsync(options, Token))
            jobs.Add(job);

        return jobs;
    }
}

/// <summary>The job view on a server of today.</summary>
public sealed class TodaysJobViewTests(SharedServer server) : JobViewTests(server.Url);

/// <summary>The job view on the oldest server.</summary>
public sealed class OldServerJobViewTests(OldServer server) : JobViewTests(server.Url);
