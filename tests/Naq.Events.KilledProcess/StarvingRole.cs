using System.Globalization;

namespace Naq.Events.KilledProcess;

/// <summary>Logs numbered events while every thread of the pool is blocked, and says what came of it.</summary>
internal static class StarvingRole
{
    private const int Blocked = 2_000;
    private const int Jobs = 16;

    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">URL of the server, and how many events.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var lost = 0L;
        var options = new NaqEventsOptions
        {
            Environment = "test",
            Service = "shop",
            Logger = { MaxBufferSize = count * 2, OnLoss = loss => Interlocked.Add(ref lost, loss.EventIds.Count) },
        };
        await using var store = new JetStreamEventStore(options, new JetStreamOptions { Url = arguments[0] });
        await store.InitializeAsync();
        await using var logger = new JobEventLogger(store, options);
        using var release = new ManualResetEventSlim();

        // On a thread of its own: this one is of the pool after the first await.
        var thread = new Thread(() => LogWhileStarved(logger, count, release));
        thread.Start();
        thread.Join();
        var flushed = await logger.FlushAsync();
        await Console.Out.WriteLineAsync($"left {flushed.Remaining} lost {Interlocked.Read(ref lost)}");
    }

    private static void LogWhileStarved(JobEventLogger logger, int count, ManualResetEventSlim release)
    {
        for (var i = 0; i < Blocked; i++)
            _ = ThreadPool.UnsafeQueueUserWorkItem(static state => state.Wait(), release, preferLocal: false);

        for (var number = 0; number < count; number++)
        {
            logger.Log(new JobEvent(string.Create(CultureInfo.InvariantCulture, $"job-{number % Jobs}"), JobEventType.Started)
            {
                Message = number.ToString(CultureInfo.InvariantCulture),
            });
        }

        Console.Out.WriteLine($"logged {count} behind {ThreadPool.PendingWorkItemCount}");
        var flushed = logger.Flush(FlushTime);
        Console.Out.WriteLine($"flushed {flushed.Stored + flushed.Remaining} behind {ThreadPool.PendingWorkItemCount}");
        release.Set();
    }
}
