using System.Globalization;

namespace Naq.Events.KilledProcess;

/// <summary>Logs events larger than all memory while the server is away, then waits for it, and says what was lost.</summary>
internal static class PressingRole
{
    private const int MessageCharacters = 8_000;

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
            Logger = { RetryDelay = TimeSpan.FromMilliseconds(100), OnLoss = loss => Interlocked.Add(ref lost, loss.EventIds.Count) },
        };
        await using var store = new JetStreamEventStore(options, new JetStreamOptions { Url = arguments[0] });
        await using var logger = new JobEventLogger(store, options);
        var message = new string('m', MessageCharacters);
        for (var number = 0; number < count; number++)
            logger.Log(new JobEvent("job", JobEventType.Started) { Message = message });

        await Console.Out.WriteLineAsync($"logged {count}");
        _ = await Console.In.ReadLineAsync();
        var flushed = await logger.FlushAsync();

        // What was dropped has been told of by then.
        await logger.DisposeAsync();
        await Console.Out.WriteLineAsync($"left {flushed.Remaining} lost {Interlocked.Read(ref lost)}");
    }
}
