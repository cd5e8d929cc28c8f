using System.Globalization;
using Naq.Events;
using Naq.Events.KilledProcess;

// Logs numbered events from several threads, with a spool, until it is killed, and says again and again how many log calls have
// returned. Arguments: spool directory, threads, milliseconds between two events of a thread, then URL, stream and subject prefix of
// a server; without these, the store never takes anything.
var (directory, threads, pause) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
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
var logged = new int[threads];
for (var thread = 0; thread < threads; thread++)
{
    var own = thread;
    new Thread(() =>
    {
        for (var number = 1; ; number++)
        {
            // Two events of one subject follow each other now and then.
            logger.Log(new JobEvent($"thread-{own}-{number / 3}", JobEventType.Started)
            {
                WorkerId = own.ToString(CultureInfo.InvariantCulture),
                Message = number.ToString(CultureInfo.InvariantCulture),
            });
            Volatile.Write(ref logged[own], number);
            if (pause > 0)
                _ = new ManualResetEventSlim().Wait(pause);
        }
    }).Start();
}

while (true)
{
    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    var numbers = Enumerable.Range(0, threads).Select(thread => Volatile.Read(ref logged[thread]));
    await Console.Out.WriteLineAsync(string.Join(' ', numbers));
    await Console.Out.FlushAsync();
}
