using System.Globalization;
using Naq.Events.Hosting;

namespace Naq.Events.KilledProcess;

/// <summary>Handles numbered events with a durable processor until it is killed or its input is closed.</summary>
internal static class HandlingRole
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">URL of the server, the processor's name, the number that it never ends with, or -1, how often an event is tried, and what divides the numbers that always fail, or 0.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var log = new ErrorLog();
        var options = new NaqEventsOptions { Environment = "test", Service = "shop" };
        await using var store = new JetStreamEventStore(options, new JetStreamOptions { Url = arguments[0] }, log);
        var processing = new JobEventProcessorOptions
        {
            Name = arguments[1],
            Service = "shop",
            MaxDeliver = int.Parse(arguments[3], CultureInfo.InvariantCulture),
            HandlerTimeout = TimeSpan.FromMinutes(5),
            AckWait = TimeSpan.FromSeconds(5),
        };
        await using var processor = new JobEventProcessor(store, processing);
        processor.AddHandlers(new NumberHandlers(
            int.Parse(arguments[2], CultureInfo.InvariantCulture), int.Parse(arguments[4], CultureInfo.InvariantCulture)));
        await processor.StartAsync();
        _ = await Console.In.ReadToEndAsync();
    }
}
