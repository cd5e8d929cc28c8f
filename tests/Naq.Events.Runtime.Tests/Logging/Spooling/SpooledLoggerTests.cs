using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

/// <summary>A logger with a spool, as a user sees it.</summary>
public sealed class SpooledLoggerTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task More_events_than_the_buffer_holds_are_published_in_order_and_none_is_lost()
    {
        var store = new ManualStore();
        await using var test = Logger(store, static options => options.MaxBufferSize = 10);
        var ids = test.WriteMany(5_000);
        Assert.InRange(store.Ids.Count, 0, 10);

        var flush = test.Logger.FlushAsync().AsTask();
        store.AcknowledgeAllFromNowOn();

        var result = await flush.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.Completed);
        Assert.Equal(5_000, result.Stored);
        Assert.Equal(ids, store.Ids);
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task What_the_store_did_not_take_before_dispose_is_published_by_the_next_logger_before_anything_else()
    {
        IReadOnlyList<Guid> before;
        var store = new ManualStore();
        await using (var test = Logger(store, static options => (options.MaxBufferSize, options.DrainTimeout) = (10, TimeSpan.Zero)))
        {
            before = test.WriteMany(1_000);
            await Eventually.TrueAsync(() => store.Ids.Count >= 1, null, "some are sent");
            store.Acknowledge(1);
            await test.Logger.DisposeAsync();
            Assert.Empty(test.Losses);
            Assert.Contains("999 job events stay in the spool", Assert.Single(test.Log.Of(125)), StringComparison.Ordinal);
        }

        var next = new ManualStore { Automatic = true };
        await using var second = Logger(next);
        var after = second.WriteMany(10);
        Assert.True((await second.Logger.FlushAsync()).Completed);
        Assert.Equal([.. before.Skip(1), .. after], next.Ids);
        Assert.Contains("999 job events of an earlier process", Assert.Single(second.Log.Of(123)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_and_is_stored_already_is_not_published_again()
    {
        IReadOnlyList<Guid> ids;
        var store = new ManualStore();
        await using (var test = Logger(store, static options => (options.BatchSize, options.DrainTimeout) = (50, TimeSpan.Zero)))
        {
            ids = test.WriteMany(100);
            await Eventually.TrueAsync(() => store.Ids.Count >= 50, null, "some are sent");
            await test.Logger.DisposeAsync();
        }

        // Sent, stored, and killed before the answers came.
        var sent = store.Ids;
        var next = new ManualStore { Automatic = true };
        foreach (var stored in sent.Take(30))
            next.AlreadyStored.Add(stored);

        await using var second = Logger(next);
        var result = await second.Logger.FlushAsync();
        Assert.Equal(100, result.Stored);
        Assert.Equal(ids.Skip(30), next.Ids);
        Assert.Equal(sent, next.AskedFor);
    }

    [Fact]
    public async Task An_event_that_the_store_refuses_is_not_published_by_the_next_logger()
    {
        var store = new ManualStore();
        await using (var test = Logger(store))
        {
            var refused = test.Write("job");
            await Eventually.TrueAsync(() => store.Ids.Count == 1, null, "it is sent");
            store.Refuse(1, "no");
            await test.Logger.DisposeAsync();
            Assert.Equal([refused], test.Lost(JobEventLossKind.Rejected));
        }

        var next = new ManualStore { Automatic = true };
        await using var second = Logger(next);
        Assert.True((await second.Logger.FlushAsync()).Completed);
        Assert.Empty(next.Ids);
    }

    [Fact]
    public async Task Without_a_usable_directory_events_are_kept_in_memory_and_the_log_says_so()
    {
        File.WriteAllText(_folder.Path, "in the way");
        var store = new ManualStore { Automatic = true };
        await using var test = Logger(store);
        var ids = test.WriteMany(10);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(ids, store.Ids);
        Assert.Contains(_folder.Path, Assert.Single(test.Log.Of(120)), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_directory_that_does_not_answer_is_waited_for_ten_seconds_and_events_are_kept_in_memory()
    {
        IReadOnlyList<Guid> before;
        await using (var first = Logger(new ManualStore(), static options => options.DrainTimeout = TimeSpan.Zero))
        {
            before = first.WriteMany(10);

            // Ahead of the test's own end of it, which has the store acknowledge what it was sent.
            await first.Logger.DisposeAsync();
        }

        // To open a pipe takes as long as nobody opens its other end.
        var pipe = Path.Combine(Path.GetDirectoryName(Assert.Single(_folder.Segments))!, "999999999999.events");
        Assert.Equal(0, (await ProcessRunner.RunAsync("mkfifo", [pipe])).ExitCode);
        var time = new FakeTimeProvider();
        var store = new ManualStore { Automatic = true };
        var starting = Task.Run(() => Logger(store, timeProvider: time));
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return starting.IsCompleted;
            },
            null,
            "the logger is there");
        await using (var test = await starting)
        {
            var ids = test.WriteMany(10);
            Assert.True((await test.Logger.FlushAsync()).Completed);
            Assert.Equal(ids, store.Ids);
            Assert.Contains("did not answer within 10 s", Assert.Single(test.Log.Of(120)), StringComparison.Ordinal);
        }

        // What was opened too late is let go of, and has lost nothing.
        await File.WriteAllTextAsync(pipe, "");
        File.Delete(pipe);
        await Eventually.TrueAsync(
            async () =>
            {
                var next = new ManualStore { Automatic = true };
                await using var test = Logger(next);
                return (await test.Logger.FlushAsync()).Completed && next.Ids.SequenceEqual(before);
            },
            null,
            "the next logger publishes what was left");
    }

    [Fact]
    public async Task A_full_spool_loses_what_the_option_says_and_reports_it()
    {
        var store = new ManualStore();
        await using var test = Logger(store, static options =>
        {
            options.MaxBufferSize = 10;
            options.Spool.MaxBytes = 16 * 1024 * 1024;
            options.Spool.WhenFull = JobEventOverflow.DropNewest;
        });
        var detail = new string('x', 100_000);
        var ids = Enumerable.Range(0, 200).Select(_ => test.Write("job", detail)).ToList();
        var flush = test.Logger.FlushAsync().AsTask();
        store.AcknowledgeAllFromNowOn();
        _ = await flush.WaitAsync(TimeSpan.FromSeconds(30));
        await test.Logger.DisposeAsync();
        var lost = test.Lost(JobEventLossKind.Overflow);
        Assert.InRange(lost.Count, 20, 80);
        Assert.Equal(ids, [.. store.Ids, .. lost]);
        Assert.Contains("Spool.MaxBytes", test.Losses[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_been_logged_is_flushed_to_the_disk_when_asked_for()
    {
        var time = new FakeTimeProvider();
        var store = new ManualStore { Automatic = true };
        await using var test = Logger(store, static options => options.Spool.FlushInterval = TimeSpan.FromSeconds(1), time);
        for (var i = 0; i < 10; i++)
        {
            test.WriteMany(100);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(1_000, store.Ids.Count);
    }

    private LoggerUnderTest Logger(ManualStore store, Action<JobEventLoggerOptions>? configure = null, TimeProvider? timeProvider = null) => new(
        store,
        options =>
        {
            options.Overflow = JobEventOverflow.Spool;
            options.Spool.Directory = _folder.Path;
            configure?.Invoke(options);
        },
        timeProvider);
}
