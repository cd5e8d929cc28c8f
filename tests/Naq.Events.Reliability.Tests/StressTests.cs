using System.Diagnostics;
using Naq.Events.Testing;

namespace Naq.Events.Reliability.Tests;

/// <summary>A million events over a server that is killed ten times.</summary>
public sealed class StressTests(ITestOutputHelper output)
{
    private const int Deadline = 240_000;
    private const int Events = 1_000_000;
    private const int Kills = 10;
    private const int Seed = 20_240_607;
    private const long MemoryBound = 256L * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Deadline)]
    public async Task A_million_events_over_ten_kills_are_stored_once_each_and_in_order_per_job()
    {
        var clock = Stopwatch.StartNew();
        await using var server = await NatsServer.StartAsync(cancellationToken: Token);
        await using var jobs = new NumberedJobs(server.Url, stream: options =>
        {
            options.MaxMessages = -1;
            options.DuplicateWindow = TimeSpan.FromMinutes(10);
        });
        var largest = 0L;
        var logging = Task.Run(() => jobs.LogAsync(Events, Token), Token);

        // Each kill strikes at a random place of its tenth of the events; what is logged is at most a buffer ahead of what is stored.
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var at = (kill * (Events / Kills)) + random.Next(1_000, Events / Kills);
            await Eventually.TrueAsync(() => jobs.Logged >= at, TimeSpan.FromSeconds(60), $"{at} events are logged");
            server.Kill();
            largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: false));

            // It stays away for a few attempts to reach it, or for none.
            var warnings = jobs.Log.Warnings.Count() + random.Next(0, 3);
            await Eventually.TrueAsync(() => jobs.Log.Warnings.Count() >= warnings, TimeSpan.FromSeconds(30), "the server is missed");
            await server.RestartAsync(Token);
        }

        await logging;
        var flushed = await jobs.Logger.FlushAsync(Token);
        output.WriteLine($"{Events} events and {Kills} kills: published after {clock.Elapsed.TotalSeconds:F1} s, at most {largest / 1024 / 1024} MiB");
        Assert.Equal(0, flushed.Remaining);
        Assert.InRange(largest, 0, MemoryBound);

        await jobs.AssertEachStoredOnceInOrderAsync(Token);
        output.WriteLine($"read back after {clock.Elapsed.TotalSeconds:F1} s");
    }
}
