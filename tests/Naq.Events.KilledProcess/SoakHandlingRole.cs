using System.Globalization;
using Naq.Events.Hosting;

namespace Naq.Events.KilledProcess;

/// <summary>Handles what <see cref="SoakLoggingRole"/> logs until it is killed or its input is closed, and says so of each event.</summary>
internal static class SoakHandlingRole
{
    // Deliveries to processes that are killed count.
    private const int MaxDeliver = 50;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">URL of the server, how many copies of the stream, the processor's name, its ordering, for how many seconds it may give no sign of life, and into how many shares the jobs are divided.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var log = new ErrorLog();
        var options = new NaqEventsOptions { Environment = "test", Service = "shop" };
        await using var store = new JetStreamEventStore(options, SoakStream.Options(arguments[0], arguments[1]), log);
        var processing = new JobEventProcessorOptions
        {
            Name = arguments[2],
            Ordering = Enum.Parse<JobEventOrdering>(arguments[3]),
            Service = "shop",
            MaxDeliver = MaxDeliver,
            MaxConcurrentHandlers = 20,
            AckWait = TimeSpan.FromSeconds(int.Parse(arguments[4], CultureInfo.InvariantCulture)),
            Shares = int.Parse(arguments[5], CultureInfo.InvariantCulture),
            RetryDelay = TimeSpan.FromMilliseconds(500),
        };
        await using var processor = new JobEventProcessor(store, processing, loggerFactory: log);
        await using var handlers = new SoakHandlers();
        processor.AddHandlers(handlers);
        await processor.StartAsync();
        _ = await Console.In.ReadToEndAsync();
    }
}
