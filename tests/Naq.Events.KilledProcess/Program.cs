using System.Globalization;
using Naq.Events;
using Naq.Events.KilledProcess;

// Logs numbered events from several threads, with a spool, until it is killed, and says again and again how many log calls have
// returned. Arguments: spool directory, threads, how many events each thread logs before it waits for the others and what was logged
// is said, then URL, stream and subject prefix of a server; without these, the store never takes anything.
var (directory, threads, step) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
var options = new NaqEventsOptions
{
    Environment = "test",
    Service = "shop",
    Logger = { Overflow = JobEventOverflow.Spool, Spool = { Directory = directory } },
};
IJobEventStore store = new SilentStore();
if (args.Length > 3)
{
    options.SubjectPrefix = args[5];
    store = new JetStreamEventStore(
        options, new JetStreamOptions { Url = args[3], StreamName = args[4], MaxBytes = 64 * 1024 * 1024, DuplicateWindow = TimeSpan.FromMilliseconds(200) });
}

var logger = new JobEventLogger(store, options);
using var barrier = new Barrier(threads, barrier =>
{
    Console.Out.WriteLine(string.Join(' ', Enumerable.Repeat((barrier.CurrentPhaseNumber + 1) * step, threads)));
    Console.Out.Flush();
});
var workers = Enumerable.Range(0, threads).Select(own => new Thread(() =>
{
    for (var number = 1; ; number++)
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
