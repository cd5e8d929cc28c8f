using System.Globalization;
using Naq.Events;
using Naq.Events.KilledProcess;

// Logs numbered events from several threads, with a spool, until it is killed or its input is closed, and says again and again how many
// log calls have returned. When its input is closed it publishes what is left, and says how many events were lost. Arguments: spool directory, threads, how many events each thread logs before it waits for the others and what was logged
// is said, then URL, stream and subject prefix of a server; without these, the store never takes anything.
// With "handle", "starve", "press", "soak-log" or "soak-handle" in front it does something else: see HandlingRole, StarvingRole, PressingRole, SoakLoggingRole
// and SoakHandlingRole.
switch (args[0])
{
    case "handle":
        await HandlingRole.RunAsync(args[1..]);
        return;
    case "starve":
        await StarvingRole.RunAsync(args[1..]);
        return;
    case "press":
        await PressingRole.RunAsync(args[1..]);
        return;
    case "soak-log":
        await SoakLoggingRole.RunAsync(args[1..]);
        return;
    case "soak-handle":
        await SoakHandlingRole.RunAsync(args[1..]);
        return;
}

var (directory, threads, step) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
var lost = 0L;
var options = new NaqEventsOptions
{
    Environment = "test",
    Service = "shop",
    Logger =
    {
        Overflow = JobEventOverflow.Spool,
        Spool = { Directory = directory, SegmentBytes = 4 * 1024 * 1024 },
        OnLoss = loss => Interlocked.Add(ref lost, loss.EventIds.Count),
        DrainTimeout = TimeSpan.FromSeconds(30),
    },
};
IJobEventStore store = new SilentStore();
if (args.Length > 3)
{
    options.SubjectPrefix = args[5];
    store = new JetStreamEventStore(
        options, new JetStreamOptions { Url = args[3], StreamName = args[4], MaxBytes = 64 * 1024 * 1024, DuplicateWindow = TimeSpan.FromMilliseconds(200) });
}

using var log = new ErrorLog();
var logger = new JobEventLogger(store, options, log);
var stopping = false;
var stopped = false;
new Thread(() =>
{
    _ = Console.In.ReadToEnd();
    Volatile.Write(ref stopping, true);
})
{ IsBackground = true }.Start();
using var barrier = new Barrier(threads, barrier =>
{
    Console.Out.WriteLine(string.Join(' ', Enumerable.Repeat((barrier.CurrentPhaseNumber + 1) * step, threads)));
    Console.Out.Flush();
    stopped = Volatile.Read(ref stopping);
});
var workers = Enumerable.Range(0, threads).Select(own => new Thread(() =>
{
    for (var number = 1; !stopped; number++)
    {
        // Two events of one subject follow each other now and then.
        logger.Log(new JobEvent($"thread-{own}-{number / 3}", JobEventType.Started)
        {
            WorkerId = own.ToString(CultureInfo.InvariantCulture),
            Message = number.ToString(CultureInfo.InvariantCulture),
        });
        if (number % step == 0)
            barrier.SignalAndWait();
    }
})).ToList();
workers.ForEach(static worker => worker.Start());
workers.ForEach(static worker => worker.Join());
_ = await logger.FlushAsync();
await logger.DisposeAsync();
await Console.Out.WriteLineAsync($"lost {Interlocked.Read(ref lost)}");
