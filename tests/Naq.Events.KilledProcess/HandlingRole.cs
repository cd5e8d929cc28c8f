using System.Globalization;
using Naq.Events.Hosting;

namespace Naq.Events.KilledProcess;

/// <summary>Handles numbered events with a durable processor until it is killed or its input is closed.</summary>
internal static class HandlingRole
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">URL of the server, the processor's name, and the number that it never ends with, or -1.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var log = new ErrorLog();
        var options = new NaqEventsOptions { Environment = "test", Service = "shop" };
        await using var store = new JetStreamEventStore(options, new JetStreamOptions { Url = arguments[0] }, log);
        await using var processor = new JobEventProcessor(store, new JobEventProcessorOptions { Name = arguments[1], Service = "shop" });
        processor.AddHandlers(new NumberHandlers(int.Parse(arguments[2], CultureInfo.InvariantCulture)));
        await processor.StartAsync();
        _ = await Console.In.ReadToEndAsync();
    }
}
