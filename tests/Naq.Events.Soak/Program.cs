using Naq.Events.Soak;

// See eng/soak.sh.
if (SoakOptions.TryParse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("usage: Naq.Events.Soak [--minutes N] [--seed N] [--nodes 1|3] [--rate EVENTS_PER_SECOND] [--server VERSION]");
    return 2;
}

await using var run = await SoakRun.StartAsync(options, Console.Error);
var report = await run.RunAsync();
await Console.Out.WriteLineAsync(report.ToString());
return report.Broken.Count == 0 ? 0 : 1;
