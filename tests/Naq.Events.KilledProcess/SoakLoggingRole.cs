using System.Globalization;

namespace Naq.Events.KilledProcess;

/// <summary>
/// Logs numbered events at a rate, five to a job, with a spool, until it is killed or its input is closed; says how many log calls have returned, and in
/// the end how many events were lost.
/// </summary>
internal static class SoakLoggingRole
{
    private const int EventsOfJob = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">URL of the server, how many copies of the stream, the spool's directory, the beginning of the jobs' ids, and how many events a second.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var (directory, name) = (arguments[2], arguments[3]);
        var eachTick = int.Parse(arguments[4], CultureInfo.InvariantCulture) * Tick.TotalSeconds;
        var lost = 0L;
        var options = new NaqEventsOptions
        {
            Environment = "test",
            Service = "shop",
            Logger =
            {
                Overflow = JobEventOverflow.Spool,
                Spool = { Directory = directory },
                OnLoss = loss => Interlocked.Add(ref lost, loss.EventIds.Count),
                DrainTimeout = TimeSpan.FromMinutes(2),
            },
        };
        using var log = new ErrorLog();
        var store = new JetStreamEventStore(options, SoakStream.Options(arguments[0], arguments[1]), log);
        var logger = new JobEventLogger(store, options, log);

        // On a thread of its own: the console's asynchronous methods block.
        var input = Task.Run(Console.In.ReadToEnd);
        using var timer = new PeriodicTimer(Tick);
        var due = 0d;
        for (var number = 0; !input.IsCompleted && await timer.WaitForNextTickAsync();)
        {
            for (due += eachTick; number < (int)due; number++)
                logger.Log(Event(name, number));

            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"logged {number}"));
        }

        // What is left after this stays in the spool, for the next one.
        _ = await logger.FlushAsync();
        await logger.DisposeAsync();
        await store.DisposeAsync();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"lost {Interlocked.Read(ref lost)}"));
    }

    private static JobEvent Event(string name, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}-{number / EventsOfJob}"), JobEventType.Started)
        {
            WorkerId = name,
            Message = number.ToString(CultureInfo.InvariantCulture),
        };
}
