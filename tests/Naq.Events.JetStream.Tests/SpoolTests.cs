using System.Globalization;
using Naq.Events.Testing;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Tests;

/// <summary>The spool with a real server and real processes: what was logged is stored, once and in order, whatever is killed.</summary>
public sealed class SpoolTests : OwnServerTests
{
    private const int Deadline = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("naq-spool-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_process_killed_while_the_server_is_away_loses_nothing()
    {
        Server.Kill();
        var logged = await KilledAsync(threads: 4, count: 30_000);
        await Server.RestartAsync(Token);

        await PublishLeftAsync();
        await AssertStoredAsync(logged);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_the_server_has_stored_for_a_killed_process_is_not_stored_again_after_the_duplicate_window()
    {
        IReadOnlyList<int> logged;
        await using (var process = Start(threads: 3, step: 1))
        {
            await process.LogsAsync(500);
            await Eventually.TrueAsync(async () => await CountAsync() > 100, Patience, "events are stored");

            // What is sent to a frozen server is stored when it wakes up; by then nobody hears of it.
            Server.Suspend();
            await process.LogsAsync(process.Logged.Sum() + 500);
            await process.KillAsync();
            logged = process.Logged;
            Server.Resume();
        }

        await DuplicateWindowIsOverAsync();
        await PublishLeftAsync();
        await AssertStoredAsync(logged);
        Assert.Contains(Stream.Log.Entries, static entry => entry.Text.Contains("are in the store already", StringComparison.Ordinal));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_process_killed_again_and_again_has_each_event_stored_once_and_in_order()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var process = Start(threads: 2, step: 50);
            await process.LogsAsync(5_000);
            await process.KillAsync();
        }

        await DuplicateWindowIsOverAsync();
        await PublishLeftAsync();

        // Each process counts from 1.
        var numbers = await StoredAsync(worker: 0);
        Assert.Equal(3, numbers.Count(static number => number == 1));
        for (var i = 1; i < numbers.Count; i++)
            Assert.True(numbers[i] == numbers[i - 1] + 1 || numbers[i] == 1, $"{numbers[i]} after {numbers[i - 1]}");
    }

    [Fact(Timeout = Deadline)]
    public async Task More_events_than_the_buffer_holds_are_stored_in_order_when_the_server_is_back()
    {
        const int Events = 20_000;
        await using var store = Stream.Store(configure: static options => options.DuplicateWindow = DuplicateWindow);
        await using var logger = new JobEventLogger(store, Options(static options => options.MaxBufferSize = 500), Stream.Log);
        LogMany(logger, 0, 100);
        Assert.True((await logger.FlushAsync(Token)).Completed);
        Server.Kill();
        LogMany(logger, 100, Events - 100);
        await Server.RestartAsync(Token);

        var result = await logger.FlushAsync(Token);
        Assert.True(result.Completed);
        Assert.Equal(Enumerable.Range(0, Events), await StoredAsync(worker: 0));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_was_stored_before_the_connection_broke_is_not_stored_again_after_the_duplicate_window()
    {
        await using var store = Stream.Store(configure: static options =>
            (options.DuplicateWindow, options.Timeout) = (DuplicateWindow, TimeSpan.FromSeconds(1)));

        // The server reads what was sent when it wakes up, and answers a connection that is given up by then. The next one comes late.
        await using var logger = new JobEventLogger(store, Options(static options => options.RetryDelay = TimeSpan.FromSeconds(3)), Stream.Log);
        LogMany(logger, 0, 100);
        Assert.True((await logger.FlushAsync(Token)).Completed);

        Server.Suspend();
        LogMany(logger, 100, 2_000);
        await Eventually.TrueAsync(
            () => Stream.Log.Warnings.Any(static text => text.Contains("is tried again in", StringComparison.Ordinal)), Patience, "the connection is given up");
        Server.Resume();

        Assert.True((await logger.FlushAsync(Token)).Completed);
        Assert.Equal(Enumerable.Range(0, 2_100), await StoredAsync(worker: 0));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_disk_without_room_for_another_file_costs_only_what_is_counted_and_spooling_goes_on_when_there_is_room()
    {
        await using var process = Start(threads: 2, step: 10);
        await process.LogsAsync(1_000);
        Server.Suspend();
        process.LimitFiles(1024 * 1024);
        await Eventually.TrueAsync(() => process.Log.Contains("120 Job events are not spooled", StringComparison.Ordinal), Patience, "the log says so");
        Assert.Contains($"{_directory.FullName}{Path.DirectorySeparatorChar}", process.Log, StringComparison.Ordinal);

        // More than the buffer holds.
        await process.LogsAsync(process.Logged.Sum() + 20_000);
        process.LimitFiles(ulong.MaxValue);
        await Eventually.TrueAsync(() => process.Log.Contains("121 Job events are spooled again", StringComparison.Ordinal), Patience, "the log says so");
        Server.Resume();
        await process.StopAsync();

        var stored = 0;
        for (var worker = 0; worker < 2; worker++)
        {
            var numbers = await StoredAsync(worker);
            Assert.Equal(numbers.Order().Distinct(), numbers);
            stored += numbers.Count;
        }

        Assert.NotEqual(0, process.Lost);
        Assert.Equal(process.Logged.Sum(), stored + process.Lost);
    }

    private static void LogMany(JobEventLogger logger, int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            logger.Log(new JobEvent($"job-{number / 3}", JobEventType.Started)
            {
                WorkerId = "0",
                Message = number.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    /// <summary>The server stores what it has stored before: it has forgotten the id, and those before it.</summary>
    private async Task DuplicateWindowIsOverAsync()
    {
        await using var store = Stream.Store(configure: static options => options.DuplicateWindow = DuplicateWindow);
        await store.InitializeAsync(Token);
        var id = Guid.NewGuid().ToString();
        Assert.False(await IsDuplicateAsync(id));
        await Eventually.TrueAsync(async () => !await IsDuplicateAsync(id), Patience, "the server has forgotten the ids");
    }

    private async Task<bool> IsDuplicateAsync(string id)
    {
        var ack = await Stream.JetStream.PublishAsync(
            $"{Stream.Prefix}.probe.probe.probe.probed", "", opts: new NatsJSPubOpts { MsgId = id }, cancellationToken: Token);
        return ack.Duplicate;
    }

    private async Task<IReadOnlyList<int>> KilledAsync(int threads, int count)
    {
        await using var process = Start(threads, step: 50);
        await process.LogsAsync(count);
        await process.KillAsync();
        return process.Logged;
    }

    private LoggingProcess Start(int threads, int step) => new(
        _directory.FullName,
        threads.ToString(CultureInfo.InvariantCulture),
        step.ToString(CultureInfo.InvariantCulture),
        Server.Url,
        Stream.Name,
        Stream.Prefix);

    private NaqEventsOptions Options(Action<JobEventLoggerOptions>? configure = null)
    {
        var options = Stream.Options();
        options.Logger.Overflow = JobEventOverflow.Spool;
        options.Logger.Spool.Directory = _directory.FullName;
        options.Logger.RetryDelay = TimeSpan.FromMilliseconds(50);
        configure?.Invoke(options.Logger);
        return options;
    }

    /// <summary>Starts as the killed process would be started again.</summary>
    private async Task PublishLeftAsync()
    {
        await using var store = Stream.Store(configure: static options => options.DuplicateWindow = DuplicateWindow);
        await using var logger = new JobEventLogger(store, Options(), Stream.Log);
        var result = await logger.FlushAsync(Token);
        Assert.True(result.Completed);
    }

    private async Task AssertStoredAsync(IReadOnlyList<int> logged)
    {
        for (var worker = 0; worker < logged.Count; worker++)
        {
            var numbers = await StoredAsync(worker);
            Assert.True(numbers.Count >= logged[worker], $"{numbers.Count} of {logged[worker]}");
            Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        }
    }

    private async Task<long> CountAsync()
    {
        await using var store = Stream.Store(configure: static options => options.DuplicateWindow = DuplicateWindow);
        return await store.CountAsync(cancellationToken: Token);
    }

    private async Task<List<int>> StoredAsync(int worker)
    {
        await using var store = Stream.Store(configure: static options => options.DuplicateWindow = DuplicateWindow);
        var all = await store.GetByTypeAsync("started", cancellationToken: Token).ToListAsync(Token);
        return [.. all
            .Where(jobEvent => jobEvent.WorkerId == worker.ToString(CultureInfo.InvariantCulture))
            .Select(static jobEvent => int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture))];
    }
}
